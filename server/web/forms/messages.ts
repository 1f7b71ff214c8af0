import { z } from 'zod';
import type { MessageInput } from '../../actions/draft-message.ts';
import { MESSAGE_TYPES, type MessageContent, ORIGINS, STRATEGIES, TONES } from '../../domain/message.ts';
import { NETWORKS, type Network } from '../../domain/network.ts';
import {
  choice,
  choices,
  contentLanguage,
  entries,
  id,
  line,
  lines,
  optionalChoice,
  optionalId,
  optionalLine,
  optionalLongText,
  wholeNumber,
} from './fields.ts';

const MOST_VARIANTS = 30;
/** Far above any network's limit, so that a long draft is kept and counted rather than cut. */
const LONGEST_TEXT = 10_000;

const language = contentLanguage();

const variant = z.strictObject({
  _id: optionalId(),
  network: choice(NETWORKS),
  language,
  text: optionalLongText(LONGEST_TEXT),
  account: optionalId(),
});

const steps = ['save', 'add', 'remove'] as const;

const fields = {
  title: line(200),
  type: choice(MESSAGE_TYPES),
  narrative: optionalId(),
  segment: optionalId(),
  messenger: optionalId(),
  tone: optionalChoice(TONES),
  strategies: choices(STRATEGIES),
  origin: choice(ORIGINS),
  humanEditor: optionalId(),
  callToAction: z.strictObject({
    text: optionalLongText(500),
    service: optionalLine(300),
    isStaffed: optionalChoice(['yes', 'no']).transform((answer) => answer && answer === 'yes'),
  }),
  variants: z.array(variant).max(MOST_VARIANTS).default([]),
  tags: entries(),
  references: lines(),
  /** A variant that the "Add" button asks for. */
  more: z
    .object({
      network: choice(NETWORKS).catch('x'),
      language: z.union([z.literal('').transform(() => 'en'), language]),
    })
    .default({ network: 'x', language: 'en' }),
  /** Which button was pressed; `remove-2` takes the third variant away. */
  step: z
    .string()
    .default('save')
    .transform((pressed) => {
      const [name = '', index = ''] = pressed.split('-');
      const step = steps.find((known) => known === name) ?? 'save';
      return { step, index: Number.parseInt(index, 10) };
    }),
};

export const newMessageForm = z.strictObject({ ...fields, campaign: id(), answer: optionalId() });
export const messageForm = z.strictObject({ ...fields, version: wholeNumber(0, Number.MAX_SAFE_INTEGER) });
/** A preview shows whatever is there, also before there is a title. */
export const previewForm = z.strictObject({
  ...fields,
  title: optionalLine(200),
  version: z.string().optional(),
  campaign: z.string().optional(),
  answer: z.string().optional(),
});

/** Which page of a list; nonsense is the first. */
export const pageQuery = z.object({ page: z.coerce.number().int().min(1).max(100_000).catch(1) });

type Typed = z.output<typeof messageForm> | z.output<typeof newMessageForm>;

/** The message that the form describes, with the variant added or taken away that the pressed button names. */
export function messageInput(typed: Omit<Typed, 'version' | 'campaign' | 'answer'>): MessageInput {
  const { step, more, variants, title, type, narrative, segment, messenger, tone } = typed;
  const { strategies, origin, humanEditor, callToAction, tags, references } = typed;
  const kept = variants
    .filter((_, index) => step.step !== 'remove' || index !== step.index)
    .map(({ account, ...rest }) => ({ ...rest, accounts: account ? [account] : [] }));
  const added = step.step === 'add' ? [blankVariant(more.network, more.language)] : [];
  return {
    title,
    type,
    narrative,
    segment,
    messenger,
    tone,
    strategies,
    origin,
    humanEditor: origin === 'human' ? null : humanEditor,
    callToAction,
    variants: [...kept, ...added],
    tags,
    references,
  };
}

/** The same as a content that can be checked; variants without an id get one that no saved variant has. */
export function previewContent(typed: z.output<typeof previewForm>): MessageContent {
  const { title, tags, references, variants, ...content } = messageInput(typed);
  return {
    ...content,
    variants: variants.map((one, index) => ({ ...one, _id: one._id ?? `unsaved-${index}` })),
  };
}

function blankVariant(network: Network, tag: string) {
  return { _id: null, network, language: tag, text: '', accounts: [] };
}
