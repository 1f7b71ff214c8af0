import type { Outcome } from './platform.ts';

/** What came back for a request when it was neither a success that makes sense nor a denial. */
export type Unanswered =
  /** A success status and a whole body. */
  | { kind: 'answered'; body: unknown }
  /** A status, but the body broke off or made no sense. */
  | { kind: 'cut'; status: number }
  /** No answer at all. */
  | { kind: 'silent'; wasConnected: boolean; reason: string };

/** What a request that writes came to without a clear word of the network. Whatever is not certain is unknown. */
export function classifyUnanswered(
  network: string,
  answer: Unanswered,
): Extract<Outcome, { kind: 'unknown' | 'not-sent' }> {
  if (answer.kind === 'answered') {
    return {
      kind: 'unknown',
      detail: `${network} answered with a success, but not in a form that is understood.`,
    };
  }
  if (answer.kind === 'cut') {
    return { kind: 'unknown', detail: `${network} answered ${answer.status}, but the answer broke off.` };
  }
  return answer.wasConnected
    ? { kind: 'unknown', detail: `${network} gave no answer (${answer.reason}).` }
    : { kind: 'not-sent', detail: `${network} could not be reached (${answer.reason}).` };
}

const LONGEST_WORDS = 300;

/**
 * Error pages like to quote what they were sent; what they quote ends up before people and in the database. Headers
 * carry secrets in base64, forms with percent signs.
 */
export function withoutSecrets(words: string, secrets: readonly string[]): string {
  const holdsSecret = (run: string) => {
    const decoded = Buffer.from(run, 'base64');
    return secrets.some((secret) => decoded.includes(secret));
  };
  return secrets
    .flatMap((secret) => [secret, encodeURIComponent(secret)])
    .reduce((rest, secret) => rest.replaceAll(secret, REDACTED), words)
    .replace(SIGNED_HEADER, REDACTED)
    .replace(BASE64_RUN, (run) => (holdsSecret(run) ? REDACTED : run))
    .slice(0, LONGEST_WORDS);
}

const REDACTED = '[redacted]';
/** OAuth 1.0a (RFC 5849, 3.5.1): its signature opens the account for a while. */
const SIGNED_HEADER = /OAuth\s+(?:oauth_\w+="[^"]*",?\s*)+/g;
const BASE64_RUN = /[\w+/-]{12,}={0,2}/g;
