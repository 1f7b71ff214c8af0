import { ANSWER_STANDINGS } from '../../domain/answer.ts';
import { AUDIENCE_ROLES, PREVENTION_TIERS } from '../../domain/audience.ts';
import { MESSAGE_STATES, MESSAGE_TYPES, STRATEGIES, TONES } from '../../domain/message.ts';
import { MESSENGER_KINDS } from '../../domain/messenger.ts';
import { APPEALS } from '../../domain/narrative.ts';
import type { Speak } from '../speak.ts';
import { networkOptions, optionsOf } from './library.ts';

interface Option {
  value: string;
  label: string;
}

/** One thing a list can be narrowed by: chosen from a list, typed, or only taken back again. */
interface FilterChoice {
  name: string;
  label: string;
  kind: 'select' | 'text' | 'fixed';
  options: readonly Option[];
  /** Id of the suggestions for a typed one; null for none. */
  suggestions: string | null;
}

export interface FilterView extends FilterChoice {
  id: string;
  value: string;
  options: (Option & { chosen: boolean })[];
}

const SEVERITIES = ['1', '2', '3', '4', '5'];

export type Shelf = 'narratives' | 'answers' | 'segments' | 'messengers' | 'messages' | 'assets';

/** Choices that only the database knows. */
export interface KnownChoices {
  collections?: readonly string[];
  campaigns?: readonly { _id: string; title: string }[];
}

/** What a shelf of the library can be narrowed by, with what its address asks for. */
export function filtersOf(shelf: Shelf, asked: object, speak: Speak, known: KnownChoices = {}): FilterView[] {
  const values = asked as Record<string, unknown>;
  return CHOICES[shelf](speak, known).map((filter) => {
    const value = values[filter.name] ?? '';
    const options = filter.options.map((one) => ({ ...one, chosen: one.value === String(value) }));
    return { ...filter, id: `filter-${filter.name}`, value: String(value), options };
  });
}

const CHOICES: Record<Shelf, (speak: Speak, known: KnownChoices) => FilterChoice[]> = {
  assets: () => [],
  narratives: (speak) => [
    select('severity', 'narratives.severity', severityOptions(speak), speak),
    select('appeal', 'narratives.appeals', optionsOf('appeal', APPEALS, speak), speak),
    typed('target', 'narratives.targets', speak),
    tag(speak),
  ],
  answers: (speak, { collections = [] }) => [
    typed('language', 'messages.language', speak),
    ...manner(speak),
    select('standing', 'answers.standing', optionsOf('answer-standing', ANSWER_STANDINGS, speak), speak),
    select('collection', 'answers.collection', named(collections), speak),
    tag(speak),
    fixed('narrative', 'answers.to-one-narrative', speak),
  ],
  messages: (speak, { campaigns = [] }) => [
    select('campaign', 'library.campaign', titled(campaigns), speak),
    select('state', 'library.state', optionsOf('message-state', MESSAGE_STATES, speak), speak),
    select('type', 'messages.type', optionsOf('message-type', MESSAGE_TYPES, speak), speak),
    select('network', 'messages.network', networkOptions, speak),
    typed('language', 'messages.language', speak),
    ...manner(speak),
    tag(speak),
    fixed('narrative', 'answers.to-one-narrative', speak),
  ],
  segments: (speak) => [
    select('role', 'audiences.role', optionsOf('audience-role', AUDIENCE_ROLES, speak), speak),
    select('tier', 'audiences.tier', optionsOf('prevention-tier', PREVENTION_TIERS, speak), speak),
    tag(speak),
  ],
  messengers: (speak) => [
    select('kind', 'messengers.kind', optionsOf('messenger-kind', MESSENGER_KINDS, speak), speak),
    tag(speak),
  ],
};

const manner = (speak: Speak) => [
  select('strategy', 'messages.strategies', optionsOf('strategy', STRATEGIES, speak), speak),
  select('tone', 'messages.tone', optionsOf('tone', TONES, speak), speak),
];

const severityOptions = (speak: Speak) =>
  SEVERITIES.map((value) => ({ value, label: speak.t(`narratives.severity-${value}`) }));
const named = (values: readonly string[]) => values.map((value) => ({ value, label: value }));
const titled = (campaigns: readonly { _id: string; title: string }[]) =>
  campaigns.map(({ _id, title }) => ({ value: _id, label: title }));

function select(name: string, label: string, options: readonly Option[], speak: Speak): FilterChoice {
  return { name, label: speak.t(label), kind: 'select', options, suggestions: null };
}

function typed(name: string, label: string, speak: Speak): FilterChoice {
  return { name, label: speak.t(label), kind: 'text', options: [], suggestions: null };
}

function tag(speak: Speak): FilterChoice {
  return { ...typed('tag', 'library.tag', speak), suggestions: 'known-tags' };
}

/** What no one can choose from a list, such as one of thousands of narratives: kept while it is asked for. */
function fixed(name: string, label: string, speak: Speak): FilterChoice {
  return { ...typed(name, label, speak), kind: 'fixed' };
}
