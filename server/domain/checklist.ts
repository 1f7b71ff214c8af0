import type { PreventionTier } from './audience.ts';
import type { Message, MessageType } from './message.ts';

const ALWAYS_CHECKED = [
  'text-read',
  'facts-sourced',
  'nobody-named',
  'nobody-shamed',
  'call-answered',
] as const;
const CHECKED_BY_TYPE = {
  'counter-narrative': ['claim-not-repeated', 'no-ridicule'],
  'alternative-narrative': ['stands-alone'],
  prebunking: ['warns-first', 'weak-dose'],
  'help-offer': ['service-told', 'confidential'],
  'government-communication': ['sender-visible', 'legal-agreed'],
} as const satisfies Record<MessageType, readonly string[]>;
const CHECKED_FOR_TERTIARY = ['signposting-only'] as const;
const CHECKED_FOR_AI = ['ai-label-and-editor'] as const;

export type ChecklistItem =
  | (typeof ALWAYS_CHECKED)[number]
  | (typeof CHECKED_BY_TYPE)[MessageType][number]
  | (typeof CHECKED_FOR_TERTIARY)[number]
  | (typeof CHECKED_FOR_AI)[number];

/** Every point that any checklist may hold. */
export const CHECKLIST_ITEMS: readonly ChecklistItem[] = [
  ...ALWAYS_CHECKED,
  ...Object.values(CHECKED_BY_TYPE).flat(),
  ...CHECKED_FOR_TERTIARY,
  ...CHECKED_FOR_AI,
];

/** What a reviewer confirms one by one before approving a message of this type, tier and origin. */
export function checklistFor(
  message: Pick<Message, 'type' | 'origin'>,
  tier: PreventionTier | null,
): ChecklistItem[] {
  return [
    ...ALWAYS_CHECKED,
    ...CHECKED_BY_TYPE[message.type],
    ...(tier === 'tertiary' ? CHECKED_FOR_TERTIARY : []),
    ...(message.origin === 'human' ? [] : CHECKED_FOR_AI),
  ];
}
