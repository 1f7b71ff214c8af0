import { z } from 'zod';
import { choice, id, longText, optionalLongText } from './fields.ts';

const LONGEST = 2000;
const text = longText(LONGEST);

/** The page that somebody was on, and goes back to. */
const back = choice(['review', 'composer', 'comments']).catch('comments');

export const commentForm = z.strictObject({
  back,
  comment: z.strictObject({
    variant: id(),
    quote: optionalLongText(LONGEST),
    /** Where the words begin in their text, as the browser counts; anything odd counts as not known. */
    at: z.coerce.number().int().min(0).nullable().catch(null),
    text,
  }),
});

export const answerForm = z.strictObject({ back, answer: z.strictObject({ text }) });
export const resolutionForm = z.object({ back });
