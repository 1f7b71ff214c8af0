import type { IncomingHttpHeaders } from 'node:http';
import { z } from 'zod';
import { type Unanswered, withoutSecrets } from '../unanswered.ts';

/** What came back for one request, before anybody decides what it means. */
export type Answer =
  | Unanswered
  /** A status that is none of success; no problem: the words are not the server's own. */
  | { kind: 'denied'; status: number; headers: IncomingHttpHeaders; problem: Problem | null };

/** The server's own words about an error. */
interface Problem {
  /** As the lexicons name it: ExpiredToken, InvalidSwap, RecordNotFound. */
  name: string;
  words: string;
}

const problem = z.object({ error: z.string().min(1), message: z.string().optional() });

/** null when the body is not the server's own (a gateway's page, or nothing). */
export function readProblem(body: unknown, secrets: readonly string[]): Problem | null {
  const said = problem.safeParse(body).data;
  if (!said) return null;
  const words = said.message ? `${said.error}: ${said.message}` : said.error;
  return { name: said.error, words: withoutSecrets(words, secrets) };
}
