import { z } from 'zod';
import { REPLY_CODES } from '../../domain/reply.ts';
import { choice, optionalId } from './fields.ts';

/** The code of one reply, and whose queue the evaluator goes on with: one campaign's, or all. */
export const codeForm = z.strictObject({ code: choice(REPLY_CODES), queue: optionalId() });
