import { AUDIENCE_ROLES, type AudienceSegment, PREVENTION_TIERS } from '../../domain/audience.ts';
import { consentStanding, MESSENGER_KINDS, type Messenger } from '../../domain/messenger.ts';
import { APPEALS, type Narrative } from '../../domain/narrative.ts';
import { NETWORK_NAMES, NETWORKS } from '../../domain/network.ts';
import { specialCategoriesIn } from '../../domain/special-category.ts';
import type { MessengerPage } from '../../queries/messengers.ts';
import type { NarrativePage } from '../../queries/narratives.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/** A row of a list; a veiled text is harmful and opened by a deliberate press. */
export interface ListRow {
  path: string;
  title: string;
  isVeiled: boolean;
  state: { kind: string; text: string } | null;
  about: string;
}

const TABS = ['narratives', 'segments', 'messengers', 'messages', 'imports'] as const;

/** The shelves of the library, and how more gets onto them. */
export function libraryTabs(here: (typeof TABS)[number], speak: Speak) {
  return TABS.map((key) => ({
    label: speak.t(`library.tab-${key}`),
    path: paths[key],
    isHere: key === here,
  }));
}

export const optionsOf = (kind: string, values: readonly string[], speak: Speak) =>
  values.map((value) => ({ value, label: speak.label(kind, value) }));

export const networkOptions = NETWORKS.map((value) => ({ value, label: NETWORK_NAMES[value] }));

/** A row per narrative: the claim is veiled, the grievance behind it is not. */
export function narrativeRow({ _id, claim, severity, appeals, grievance }: Narrative, speak: Speak): ListRow {
  const words = speak.list(appeals.map((appeal) => speak.label('appeal', appeal)));
  return {
    path: paths.narrative(_id),
    title: claim,
    isVeiled: true,
    state: { kind: severity >= 4 ? 'bad' : 'look', text: speak.t('narratives.severity-of', { severity }) },
    about: [words, grievance].filter(Boolean).join(' · '),
  };
}

export function segmentRow({ _id, name, tier, role, description }: AudienceSegment, speak: Speak): ListRow {
  return {
    path: paths.segment(_id),
    title: name,
    isVeiled: false,
    state: { kind: tier === 'tertiary' ? 'look' : 'quiet', text: speak.label('prevention-tier', tier) },
    about: [speak.label('audience-role', role), description].filter(Boolean).join(' · '),
  };
}

export function messengerRow(messenger: Messenger, now: Date, speak: Speak): ListRow {
  return {
    path: paths.messenger(messenger._id),
    title: messenger.name,
    isVeiled: false,
    state: standingView(messenger, now, speak),
    about: [speak.label('messenger-kind', messenger.kind), messenger.credibility].filter(Boolean).join(' · '),
  };
}

function standingView(messenger: Messenger, now: Date, speak: Speak) {
  const standing = consentStanding(messenger, now);
  return { kind: standing === 'valid' ? 'good' : 'bad', text: speak.t(`messengers.standing-${standing}`) };
}

type Fact = [term: string, text: string | null | undefined];
const factsOf = (facts: Fact[]) => facts.flatMap(([term, text]) => (text ? [{ term, text }] : []));
const linked = (messages: readonly { _id: string; title: string }[]) =>
  messages.map(({ _id, title }) => ({ path: paths.message(_id), title }));

export function narrativePage({ narrative, answers }: NarrativePage, mayEdit: boolean, speak: Speak) {
  const { _id, claim, severity, appeals, circulation, grievance } = narrative;
  return {
    title: speak.t('narratives.one'),
    veiled: claim,
    state: { kind: severity >= 4 ? 'bad' : 'look', text: speak.t('narratives.severity-of', { severity }) },
    facts: factsOf([
      [speak.t('narratives.grievance'), grievance],
      [speak.t('narratives.appeals'), speak.list(appeals.map((appeal) => speak.label('appeal', appeal)))],
      [speak.t('narratives.circulation'), circulation],
    ]),
    warning: null,
    links: linked(answers),
    linksTitle: speak.t('narratives.answers'),
    editPath: mayEdit ? paths.narrativeEdit(_id) : null,
    withdrawal: null,
  };
}

export function segmentPage(segment: AudienceSegment, mayEdit: boolean, speak: Speak) {
  const { _id, name, role, tier, targeting, description, persona } = segment;
  const categories = specialCategoriesIn(`${name} ${description} ${persona}`);
  return {
    title: name,
    veiled: null,
    state: { kind: tier === 'tertiary' ? 'look' : 'quiet', text: speak.label('prevention-tier', tier) },
    facts: factsOf([
      [speak.t('audiences.role'), speak.label('audience-role', role)],
      [speak.t('audiences.description'), description],
      [speak.t('audiences.countries'), targeting.countries.join(', ')],
      [speak.t('audiences.languages'), targeting.languages.join(', ')],
      [speak.t('audiences.age'), `${targeting.ageFrom}–${targeting.ageTo ?? ''}`],
      [speak.t('audiences.topics'), targeting.topics.join(', ')],
      [speak.t('audiences.persona'), persona],
    ]),
    warning: categories.length > 0 ? speak.t('audiences.special-categories') : null,
    links: [],
    linksTitle: '',
    editPath: mayEdit ? paths.segmentEdit(_id) : null,
    withdrawal: null,
  };
}

export function messengerPage(
  { messenger, messages, waiting, live }: MessengerPage,
  { mayEdit, now, speak }: { mayEdit: boolean; now: Date; speak: Speak },
) {
  const { _id, name, kind, credibility, safety, consent } = messenger;
  const isWithdrawn = consent.withdrawnAt !== null;
  return {
    title: name,
    veiled: null,
    state: standingView(messenger, now, speak),
    facts: factsOf([
      [speak.t('messengers.kind'), speak.label('messenger-kind', kind)],
      [speak.t('messengers.credibility'), credibility],
      [speak.t('messengers.safety'), safety],
      [speak.t('messengers.scope'), consent.scope],
      [speak.t('messengers.networks'), consent.networks.map((network) => NETWORK_NAMES[network]).join(', ')],
      [speak.t('messengers.given-on'), consent.givenOn && speak.day(consent.givenOn)],
      [speak.t('messengers.expires-on'), consent.expiresOn && speak.day(consent.expiresOn)],
      [speak.t('messengers.withdrawn-at'), consent.withdrawnAt && speak.dateTime(consent.withdrawnAt)],
      [
        speak.t('messengers.live'),
        live.map(({ text, remoteUrl }) => `${text} (${remoteUrl ?? ''})`).join('\n'),
      ],
    ]),
    warning: isWithdrawn && live.length > 0 ? speak.t('messengers.still-live', { count: live.length }) : null,
    links: linked(messages),
    linksTitle: speak.t('messengers.messages'),
    editPath: mayEdit && !isWithdrawn ? paths.messengerEdit(_id) : null,
    withdrawal:
      mayEdit && !isWithdrawn
        ? {
            path: paths.consentWithdrawal(_id),
            lead: speak.t('messengers.withdraw-lead', { count: waiting }),
          }
        : null,
  };
}

/** What the three forms of the library choose from. */
export function libraryOptions(speak: Speak) {
  return {
    appeals: optionsOf('appeal', APPEALS, speak),
    severities: [1, 2, 3, 4, 5].map((value) => ({
      value: String(value),
      label: speak.t(`narratives.severity-${value}`),
    })),
    roles: optionsOf('audience-role', AUDIENCE_ROLES, speak),
    tiers: optionsOf('prevention-tier', PREVENTION_TIERS, speak),
    kinds: optionsOf('messenger-kind', MESSENGER_KINDS, speak),
    networks: networkOptions,
  };
}
