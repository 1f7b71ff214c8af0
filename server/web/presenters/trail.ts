import type { Campaign } from '../../domain/campaign.ts';
import type { Member } from '../../domain/member.ts';
import type { TrailFilter, TrailPage } from '../../queries/list-trail.ts';
import { PAGE_SIZE } from '../../queries/page-of.ts';
import { blankForm } from '../forms/form-view.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { campaignTabs } from './campaign-tabs.ts';
import { settingsTabs } from './settings.ts';

interface TrailFacts {
  listed: TrailPage;
  filter: TrailFilter;
  reader: Member;
}

/** The audit trail in words. */
export function trailPage(facts: TrailFacts, speak: Speak) {
  return {
    title: speak.t('trail.title'),
    tabs: settingsTabs(facts.reader, 'trail', speak),
    ...entriesOf(paths.trail, facts, speak),
  };
}

/** What was done in one campaign. */
export function campaignTrailPage(
  { _id, title }: Pick<Campaign, '_id' | 'title'>,
  facts: TrailFacts,
  speak: Speak,
) {
  return {
    title: speak.t('trail.of-campaign', { campaign: title }),
    campaign: title,
    tabs: campaignTabs(_id, { here: 'trail', reader: facts.reader }, speak),
    ...entriesOf(paths.campaignTrail(_id), facts, speak),
  };
}

function entriesOf(path: string, { listed, filter }: TrailFacts, speak: Speak) {
  return {
    path,
    form: blankForm(path, filter),
    actorOptions: [...listed.names].map(([value, label]) => ({ value, label })),
    subjectOptions: listed.subjects.map((value) => ({ value, label: nounOf(value, speak) })),
    entries: listed.items.map((entry) => ({
      sequence: speak.number(entry.sequence),
      at: speak.dateTime(entry.at),
      who: entry.actor ? (listed.names.get(entry.actor) ?? entry.actor) : speak.t('app.nobody'),
      what: verbOf(entry.verb, speak),
      about: subjectName(entry.details),
      noun: nounOf(entry.subject, speak),
    })),
    pages: pagesOf(path, { listed, filter }, speak),
  };
}

/** `trail.<verb>`, in the past tense; a verb without a text shows itself. */
function verbOf(verb: string, speak: Speak): string {
  const key = `trail.${verb.replace(/[^a-z]+/g, '-')}`;
  return speak.knows(key) ? speak.t(key) : verb;
}

function nounOf(subject: string, speak: Speak): string {
  const key = `trail.noun.${subject}`;
  return speak.knows(key) ? speak.t(key) : subject;
}

function subjectName(details: Record<string, unknown>): string {
  const named = details.name ?? details.title ?? details.handle ?? details.claim ?? '';
  return typeof named === 'string' ? named : '';
}

function pagesOf(
  path: string,
  { listed: { total, page }, filter }: Omit<TrailFacts, 'reader'>,
  speak: Speak,
) {
  const addressOf = (number: number) =>
    `${path}?${new URLSearchParams({ actor: filter.actor, subject: filter.subject, page: String(number) })}`;
  const from = (page - 1) * PAGE_SIZE + 1;
  const to = Math.min(page * PAGE_SIZE, total);
  return {
    previous: page > 1 ? addressOf(page - 1) : null,
    next: to < total ? addressOf(page + 1) : null,
    summary: speak.t('app.pages-summary', { from, to, total }),
  };
}
