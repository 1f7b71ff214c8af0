import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';

/** What came back for one request, before anybody decides what it means. */
export type Answer =
  /** A success status and a whole body. */
  | { kind: 'answered'; body: unknown }
  /** A status that is none of success. */
  | { kind: 'denied'; status: number; headers: IncomingHttpHeaders; problem: Problem | null }
  /** A status, but the body broke off or made no sense. */
  | { kind: 'cut'; status: number }
  /** No answer at all. */
  | { kind: 'silent'; wasConnected: boolean; reason: string };

/** The server's own words about an error. */
export interface Problem {
  /** As the lexicons name it: ExpiredToken, InvalidSwap, RecordNotFound. */
  name: string;
  words: string;
}

const problem = z.object({ error: z.string().min(1), message: z.string().optional() });

const LONGEST_WORDS = 300;

/** null when the body is not the server's own (a gateway's page, or nothing). */
export function readProblem(body: unknown, secrets: readonly string[]): Problem | null {
  const parsed = problem.safeParse(body);
  if (!parsed.success) return null;
  const { error, message } = parsed.data;
  const words = message ? `${error}: ${message}` : error;
  return { name: error, words: withoutSecrets(words, secrets).slice(0, LONGEST_WORDS) };
}

/** Error pages like to quote what they were sent; what they quote ends up before people and in the database. */
function withoutSecrets(words: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[redacted]'), words);
}
