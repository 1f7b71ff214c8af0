import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { type Unanswered, withoutSecrets } from '../unanswered.ts';

/** What came back for one request, before anybody decides what it means. */
export type Answer =
  | Unanswered
  /** A status of 400 or more. */
  | { kind: 'denied'; status: number; headers: IncomingHttpHeaders; problem: Problem | null };

/** The network's own words about an error. */
export interface Problem {
  words: string;
  type: string;
  period: string;
}

const problem = z
  .object({
    title: z.string(),
    detail: z.string(),
    type: z.string(),
    period: z.string(),
    error: z.string(),
    error_description: z.string(),
    errors: z.array(z.object({ message: z.string().optional(), detail: z.string().optional() })),
  })
  .partial();

/** null when the body is not the network's own (a gateway's page, or nothing). */
export function readProblem(body: unknown, secrets: readonly string[]): Problem | null {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return null;
  const { title, detail, type, period, error, error_description, errors } = parsed.data;
  const first = errors?.[0]?.detail ?? errors?.[0]?.message;
  const words = error_description ?? detail ?? first ?? title ?? error;
  if (words === undefined) return null;
  return {
    words: withoutSecrets(words, secrets),
    type: type ?? '',
    period: period ?? '',
  };
}
