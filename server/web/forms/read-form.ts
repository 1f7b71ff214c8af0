import type { z } from 'zod';
import type { Speak } from '../speak.ts';
import { flatten } from './form-view.ts';
import { unflatten } from './unflatten.ts';

type Issue = z.core.$ZodIssue;

export type ReadForm<Input> =
  | { input: Input }
  | { fieldErrors: Record<string, string>; formErrors: string[]; values: Record<string, string | string[]> };

/** The hidden fields that belong to the frame and not to the form. */
const FRAME_FIELDS = ['_token'];

/** Checks what a person sent. When something is wrong, every typed value comes back with a sentence per field. */
export function readForm<Schema extends z.ZodType>(
  schema: Schema,
  body: unknown,
  speak: Speak,
): ReadForm<z.output<Schema>> {
  const typed = typedValues(body);
  const parsed = schema.safeParse(typed);
  if (parsed.success) return { input: parsed.data };
  const fieldErrors: Record<string, string> = {};
  const formErrors: string[] = [];
  for (const issue of parsed.error.issues) {
    const name = nameOf(issue.path);
    if (name) fieldErrors[name] ??= sentence(issue, speak);
    else formErrors.push(sentence(issue, speak));
  }
  return { fieldErrors, formErrors, values: flatten(typed) };
}

/** What was sent, as nested as the form means it. */
export function typedValues(body: unknown): object {
  const sent = { ...(body as Record<string, string | string[]> | undefined) };
  for (const name of FRAME_FIELDS) delete sent[name];
  return unflatten(sent);
}

function nameOf(path: readonly PropertyKey[]): string {
  const [first, ...rest] = path;
  if (first === undefined) return '';
  return rest.reduce<string>((name, step, index) => {
    if (typeof step !== 'number') return `${name}.${String(step)}`;
    // The number of a ticked box in a list is not a field of its own.
    return index === rest.length - 1 ? name : `${name}[${step}]`;
  }, String(first));
}

/** A schema's own message is a key of the locales; the built-in ones are told by what went wrong. */
function sentence(issue: Issue, speak: Speak): string {
  if (issue.code === 'custom') return speak.knows(issue.message) ? speak.t(issue.message) : issue.message;
  if (issue.code === 'too_small') {
    if (issue.origin === 'string' && issue.minimum === 1) return speak.t('app.wrong.missing');
    if (issue.origin === 'array') return speak.t('app.wrong.none-chosen');
    const kind = issue.origin === 'string' ? 'too-short' : 'too-small';
    return speak.t(`app.wrong.${kind}`, { limit: Number(issue.minimum) });
  }
  if (issue.code === 'too_big') {
    return speak.t(`app.wrong.${tooMuch(issue.origin)}`, { limit: Number(issue.maximum) });
  }
  if (issue.code === 'invalid_value') return speak.t('app.wrong.not-in-list');
  if (issue.code === 'invalid_format')
    return speak.t(issue.format === 'email' ? 'app.wrong.email' : 'app.wrong.format');
  if (issue.code === 'invalid_type') {
    return speak.t(
      issue.expected === 'number' || issue.expected === 'int' ? 'app.wrong.number' : 'app.wrong.missing',
    );
  }
  if (issue.code === 'unrecognized_keys')
    return speak.t('app.wrong.unknown', { names: issue.keys.join(', ') });
  return speak.t('app.wrong.format');
}

function tooMuch(origin: string): string {
  if (origin === 'string') return 'too-long';
  return origin === 'array' ? 'too-many' : 'too-big';
}
