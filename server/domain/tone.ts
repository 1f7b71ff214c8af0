import { TONES, type Tone } from './message.ts';
import { RuleViolation } from './rule-violation.ts';

/** Tones that can be named, so that the refusal can say why; no message ever has one of them. */
export const REFUSED_TONES = ['hostile', 'shaming'] as const;
export type RefusedTone = (typeof REFUSED_TONES)[number];

/**
 * The tone of a message. Throws `hostile-tone`. Source: the glossary, "hostile and shaming are refused"; Benesch et
 * al., Considerations for Successful Counterspeech (2016): hostility and insults harden those they are aimed at.
 */
export function acceptedTone(tone: Tone | RefusedTone | null): Tone | null {
  const accepted = TONES.find((known) => known === tone);
  if (tone === null || accepted) return accepted ?? null;
  throw new RuleViolation(
    'hostile-tone',
    'Hostile and shaming messages push people further away. Speak to them, not at them: ask, bear witness, or denounce the act and not the person.',
    { field: 'tone' },
  );
}
