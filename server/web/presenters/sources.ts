import type { Message } from '../../domain/message.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/**
 * What a message was made from. An answer is a page of the library, where the claim stands behind a veil; a reference
 * is shown as it was written and never leads outside.
 */
export const sourcesView = ({ sources }: Pick<Message, 'sources'>, speak: Speak) =>
  (sources ?? []).map(({ answer, text }) => ({
    path: answer && paths.answer(answer),
    text: answer ? speak.t('messages.from-answer') : text,
  }));
