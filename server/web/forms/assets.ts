import { z } from 'zod';
import { ORIGINS } from '../../domain/message.ts';
import { choice, optionalLine, optionalLongText, ticked, wholeNumber } from './fields.ts';

/** As long as the network that takes the longest one; what is too long for another is said where it is used. */
export const LONGEST_ALT_TEXT = 2000;

/** Whether an alt text or a purpose may be missing is the domain's to say. */
export const assetForm = z.strictObject({
  altText: optionalLongText(LONGEST_ALT_TEXT),
  origin: choice(ORIGINS),
  credit: optionalLine(300),
  quotesExtremists: ticked(),
  purpose: optionalLongText(1000),
});
export const assetWordsForm = assetForm.extend({ version: wholeNumber(0, Number.MAX_SAFE_INTEGER) });
