import { ANSWER_REFUSALS, ANSWER_STANDINGS, type AnswerStanding } from '../../domain/answer.ts';
import { AUDIENCE_ROLES, type AudienceSegment, PREVENTION_TIERS } from '../../domain/audience.ts';
import { STRATEGIES, TONES } from '../../domain/message.ts';
import { consentStanding, MESSENGER_KINDS, type Messenger } from '../../domain/messenger.ts';
import { APPEALS, type Narrative } from '../../domain/narrative.ts';
import { NETWORK_NAMES, NETWORKS } from '../../domain/network.ts';
import { specialCategoriesIn } from '../../domain/special-category.ts';
import { KNOWN_TAGS, nameOfTag } from '../../domain/tag.ts';
import type { MessengerPage } from '../../queries/messengers.ts';
import type { NarrativePage } from '../../queries/narratives.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/** A row of a list; a veiled text is harmful and opened by a deliberate press. */
export interface ListRow {
  path: string;
  title: string;
  isVeiled: boolean;
  /** What the veil says; only where there is one. */
  veil?: string;
  state: { kind: string; text: string } | null;
  about: string;
}

const TABS = ['narratives', 'answers', 'segments', 'messengers', 'messages', 'assets', 'imports'] as const;

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

/** What a tag field suggests. */
export const tagSuggestions = KNOWN_TAGS;

/** Tags with what their vocabulary says of them; each leads to what else carries it, where there is such a list. */
export const tagsView = (tags: readonly string[] | undefined, list: string | null = null) =>
  (tags ?? []).map((tag) => ({
    tag,
    name: nameOfTag(tag),
    path: list && `${list}?${new URLSearchParams({ tag })}`,
  }));

/** A row per narrative: the claim is veiled, the grievance behind it is not. */
export function narrativeRow(
  { _id, claim, severity, appeals, grievance, targets = [] }: Narrative,
  speak: Speak,
): ListRow {
  const words = speak.list([...appeals.map((appeal) => speak.label('appeal', appeal)), ...targets]);
  return {
    path: paths.narrative(_id),
    title: claim,
    isVeiled: true,
    veil: speak.t('narratives.open'),
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
export const factsOf = (facts: Fact[]) => facts.flatMap(([term, text]) => (text ? [{ term, text }] : []));
export const linked = (messages: readonly { _id: string; title: string }[]) =>
  messages.map(({ _id, title }) => ({ path: paths.message(_id), title }));

/** How much of an answer stands in a list. */
const EXCERPT = 160;

export const excerpt = (text: string) => (text.length > EXCERPT ? `${text.slice(0, EXCERPT - 1)}…` : text);

export function narrativePage(
  { narrative, messages, answers, answerCount }: NarrativePage,
  mayEdit: boolean,
  speak: Speak,
) {
  const { _id, claim, severity, appeals, circulation, grievance, targets = [] } = narrative;
  const of = new URLSearchParams({ narrative: _id });
  return {
    title: speak.t('narratives.one'),
    veiled: claim,
    state: { kind: severity >= 4 ? 'bad' : 'look', text: speak.t('narratives.severity-of', { severity }) },
    facts: factsOf([
      [speak.t('narratives.grievance'), grievance],
      [speak.t('narratives.appeals'), speak.list(appeals.map((appeal) => speak.label('appeal', appeal)))],
      [speak.t('narratives.targets'), speak.list(targets)],
      [speak.t('narratives.circulation'), circulation],
    ]),
    tags: tagsView(narrative.tags, paths.narratives),
    warning: null,
    answers: {
      rows: answers.map(({ _id: answer, text, standing, language }) => ({
        path: paths.answer(answer),
        text: excerpt(text),
        language,
        isVeiled: standing === 'refused',
        state: answerStanding(standing, speak),
      })),
      all: answerCount > answers.length ? `${paths.answers}?${of}` : null,
      allLabel: speak.t('answers.all', { count: answerCount }),
      newPath: mayEdit ? `${paths.newAnswer}?${of}` : null,
    },
    links: linked(messages),
    linksTitle: speak.t('narratives.answers'),
    editPath: mayEdit ? paths.narrativeEdit(_id) : null,
    withdrawal: null,
  };
}

export const answerStanding = (standing: AnswerStanding, speak: Speak) => ({
  kind: standing === 'usable' ? 'good' : 'bad',
  text: speak.label('answer-standing', standing),
});

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
    tags: tagsView(segment.tags, paths.segments),
    answers: null,
    warning: categories.length > 0 ? speak.t('audiences.special-categories') : null,
    links: [],
    linksTitle: '',
    editPath: mayEdit ? paths.segmentEdit(_id) : null,
    withdrawal: null,
  };
}

export function messengerPage(
  { messenger, messages, waiting, live, maybeLive }: MessengerPage,
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
      [
        speak.t('messengers.maybe-live'),
        maybeLive
          .map(({ network, text, dueAt }) => {
            const label = `${NETWORK_NAMES[network]}, ${speak.dateTime(dueAt)}`;
            return `${speak.t('app.colon', { label })} ${text}`;
          })
          .join('\n'),
      ],
    ]),
    tags: tagsView(messenger.tags, paths.messengers),
    answers: null,
    warning: isWithdrawn ? liveWarning(live.length, maybeLive.length, speak) : null,
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

function liveWarning(live: number, maybe: number, speak: Speak): string | null {
  const said = [
    live > 0 && speak.t('messengers.still-live', { count: live }),
    maybe > 0 && speak.t('messengers.perhaps-live', { count: maybe }),
  ];
  return said.filter(Boolean).join(' ') || null;
}

/** What the forms of the library choose from. */
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
    tones: optionsOf('tone', TONES, speak),
    strategies: optionsOf('strategy', STRATEGIES, speak),
    standings: ANSWER_STANDINGS.map((value) => ({
      value,
      label: speak.label('answer-standing', value),
      hint: speak.t(`answers.standing-${value}-hint`),
    })),
    refusals: optionsOf('answer-refusal', ANSWER_REFUSALS, speak),
  };
}
