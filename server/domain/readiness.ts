import { fitsTier, type PreventionTier } from './audience.ts';
import { wordingChecks } from './hostile-wording.ts';
import type { Message, MessageContent } from './message.ts';
import { consentCovers, type Messenger } from './messenger.ts';
import { RuleViolation } from './rule-violation.ts';
import { type VariantFacts, variantChecks } from './variant-checks.ts';

/** `stop` keeps a message out of review; `attention` asks for a look and leaves the decision to people. */
export type CheckOutcome = 'fine' | 'attention' | 'stop';

export interface Check {
  /** Kebab-case; for `stop` the name of a rule. */
  rule: string;
  outcome: CheckOutcome;
  /** Id of the variant it speaks of; null for the message as a whole. */
  variant: string | null;
  values?: Readonly<Record<string, string | number>>;
}

export interface ReadinessFacts extends VariantFacts {
  /** Tier of the chosen segment; null while none is chosen. */
  tier: PreventionTier | null;
  messenger: Pick<Messenger, 'kind' | 'consent'> | null;
  now: Date;
}

/** Everything that is looked at while somebody writes, whole message first, then variant by variant. */
export function checksOf(message: MessageContent, facts: ReadinessFacts): Check[] {
  return [
    ...substanceChecks(message, facts),
    ...callChecks(message),
    ...wordingChecks(message),
    ...message.variants.flatMap((variant) => [
      ...variantChecks(variant, message, facts),
      ...consentChecks(variant, facts),
    ]),
  ];
}

/**
 * Throws the first thing that keeps a message out of review, under the name of its rule. Reviewers see only
 * what is whole: text within the network's limit, for whom, by whom, in which tone, leading where.
 */
export function assertReady(message: MessageContent, facts: ReadinessFacts): void {
  const stop = checksOf(message, facts).find(({ outcome }) => outcome === 'stop');
  if (!stop) return;
  const index = message.variants.findIndex(({ _id }) => _id === stop.variant);
  throw new RuleViolation(stop.rule, `This message cannot be reviewed yet: ${stop.rule}.`, {
    values: stop.values ?? {},
    ...(index >= 0 ? { field: `variants[${index}].${fieldOf(stop)}` } : {}),
  });
}

/** The field of a variant that a check speaks of: its arm, a part of a thread, an image, or its first text. */
function fieldOf({ rule, values = {} }: Check): string {
  if (rule.startsWith('arm-')) return 'arm';
  const { part, image } = values;
  if (image !== undefined) return `images[${Number(image) - 1}].altText`;
  return part !== undefined && Number(part) > 1 ? `parts[${Number(part) - 2}].text` : 'text';
}

function substanceChecks(message: MessageContent, { tier, messenger }: ReadinessFacts): Check[] {
  const speaksAsOrganisation = message.type === 'help-offer';
  const hasMessenger = messenger !== null || speaksAsOrganisation;
  const checks = [
    ...textChecks(message),
    whole('segment-needed', tier !== null),
    whole('messenger-needed', hasMessenger),
    whole('tone-needed', message.tone !== null),
  ];
  if (tier === 'tertiary') checks.push(whole('tertiary-signposting-only', fitsTier(tier, message.type)));
  if (message.origin !== 'human') checks.push(whole('human-editor-needed', message.humanEditor !== null));
  if (message.type === 'government-communication') {
    checks.push({ rule: 'government-communication', outcome: 'attention', variant: null });
  }
  return checks;
}

/** An empty text is named where it stands; here only whether there is any. */
function textChecks({ variants }: Pick<Message, 'variants'>): Check[] {
  if (variants.length === 0) return [whole('variant-needed', false)];
  return variants.some(({ text }) => text.trim() !== '') ? [whole('variant-needed', true)] : [];
}

/** Clear, doable, and with somebody at the other end (domain: a call to action nobody answers is a harm). */
function callChecks({ callToAction }: Pick<Message, 'callToAction'>): Check[] {
  const { text, service, isStaffed } = callToAction;
  return [
    whole('call-to-action-needed', text.trim() !== ''),
    whole('service-needed', service.trim() !== ''),
    isStaffed === false
      ? { rule: 'staffing', outcome: 'attention', variant: null }
      : whole('staffing-needed', isStaffed !== null),
  ];
}

function consentChecks(
  { _id, network }: MessageContent['variants'][number],
  { messenger, now }: ReadinessFacts,
): Check[] {
  if (messenger === null || messenger.kind === 'organisation') return [];
  const isCovered = consentCovers(messenger, network, now);
  return [
    { rule: 'messenger-consent', outcome: isCovered ? 'fine' : 'stop', variant: _id, values: { network } },
  ];
}

function whole(rule: string, isFine: boolean): Check {
  return { rule, outcome: isFine ? 'fine' : 'stop', variant: null };
}
