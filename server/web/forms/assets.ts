import { z } from 'zod';
import { ORIGINS } from '../../domain/message.ts';
import { choice, optionalId, optionalLine, optionalLongText, ticked, wholeNumber } from './fields.ts';

/** As long as the network that takes the longest one; what is too long for another is said where it is used. */
export const LONGEST_ALT_TEXT = 2000;

/** Whether an alt text or a purpose may be missing is the domain's to say. */
const words = {
  altText: optionalLongText(LONGEST_ALT_TEXT),
  origin: choice(ORIGINS),
  credit: optionalLine(300),
  quotesExtremists: ticked(),
  purpose: optionalLongText(1000),
};
/** An image may be for a text that somebody is writing: the message, or the campaign of a new one, and the text's number. */
export const assetForm = z.strictObject({
  ...words,
  message: optionalId().optional(),
  campaign: optionalId().optional(),
  variant: wholeNumber(0, 99).optional(),
});
export const assetWordsForm = z.strictObject({ ...words, version: wholeNumber(0, Number.MAX_SAFE_INTEGER) });
