import type { MessageForReview } from '../../queries/message-for-review.ts';
import type { Speak } from '../speak.ts';

/** What happened to a message, in words, the newest first; reasons stand below what they explain. */
export function reviewTrail({ events, names }: MessageForReview, speak: Speak) {
  return events
    .filter(({ verb }) => speak.knows(keyOf(verb)))
    .map(({ at, actor, verb, details }) => ({
      at: speak.dateTime(at),
      machineTime: at.toISOString(),
      text: speak.t(keyOf(verb), { name: (actor && names.get(actor)) || speak.t('reviews.somebody') }),
      comment: typeof details.comment === 'string' && details.comment ? details.comment : null,
    }))
    .reverse();
}

const keyOf = (verb: string) => `reviews.trail-${verb.replaceAll(' ', '-')}`;
