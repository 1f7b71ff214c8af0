import { createHmac, timingSafeEqual } from 'node:crypto';
import { isUrlEncoded } from '../body.ts';
import type { OAuth1Token } from './events.ts';
import { unauthorized } from './problem.ts';
import type { Registry } from './registry.ts';

/** How far a signature's time may be from ours, in seconds. */
const TOLERANCE_SECONDS = 300;

export interface SignedRequest {
  method: string;
  /** As the client believes it to be: https and the real host. */
  url: URL;
  authorization: string;
  contentType: string;
  body: Buffer;
}

/**
 * Verifies OAuth 1.0a signatures (RFC 5849, HMAC-SHA1) and that each is used once. The time of a signature is
 * compared with the machine's clock and not the network's, which tests move about.
 */
export class OAuth1Verifier {
  readonly #registry: Registry;
  readonly #seen = new Map<string, number>();

  constructor(registry: Registry) {
    this.#registry = registry;
  }

  /** Returns the token that signed; throws a 401 problem. */
  verify(request: SignedRequest): OAuth1Token {
    const params = parseAuthorization(request.authorization);
    const token = this.#registry.oauth1Token(params.get('oauth_token') ?? '');
    const app = this.#registry.app;
    if (!token || !app || params.get('oauth_consumer_key') !== app.appKey) throw unauthorized();
    if (params.get('oauth_signature_method') !== 'HMAC-SHA1') throw unauthorized();
    if ((params.get('oauth_version') ?? '1.0') !== '1.0') throw unauthorized();

    const key = `${percentEncode(app.appSecret)}&${percentEncode(token.accessSecret)}`;
    const expected = createHmac('sha1', key).update(baseString(request, params)).digest();
    const given = Buffer.from(params.get('oauth_signature') ?? '', 'base64');
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw unauthorized();
    this.#useOnce(params);
    return token;
  }

  #useOnce(params: Map<string, string>): void {
    const nowSeconds = Date.now() / 1000;
    const timestamp = Number(params.get('oauth_timestamp'));
    const nonce = params.get('oauth_nonce');
    if (!nonce || !(Math.abs(nowSeconds - timestamp) <= TOLERANCE_SECONDS)) throw unauthorized();
    for (const [key, expires] of this.#seen) {
      if (expires >= nowSeconds) break;
      this.#seen.delete(key);
    }
    const key = `${params.get('oauth_token')} ${timestamp} ${nonce}`;
    if (this.#seen.has(key)) throw unauthorized();
    this.#seen.set(key, nowSeconds + 2 * TOLERANCE_SECONDS);
  }
}

function parseAuthorization(header: string): Map<string, string> {
  const params = new Map<string, string>();
  for (const [, name = '', value = ''] of header.replace(/^OAuth\s+/i, '').matchAll(/(\w+)="([^"]*)"/g)) {
    params.set(name, decode(value));
  }
  return params;
}

function baseString({ method, url, contentType, body }: SignedRequest, oauth: Map<string, string>): string {
  const pairs = [...oauth].filter(([name]) => name !== 'oauth_signature');
  pairs.push(...parsePairs(url.search.slice(1)));
  if (isUrlEncoded(contentType)) pairs.push(...parsePairs(body.toString('utf8')));
  const encoded = pairs
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(byNameThenValue);
  const parameters = encoded.map(([name, value]) => `${name}=${value}`).join('&');
  return [method.toUpperCase(), `${url.origin}${url.pathname}`, parameters].map(percentEncode).join('&');
}

function parsePairs(query: string): [string, string][] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => {
      const [name = '', ...value] = pair.split('=');
      return [decode(name.replaceAll('+', ' ')), decode(value.join('=').replaceAll('+', ' '))];
    });
}

type Pair = readonly [string, string];

function byNameThenValue([name, value]: Pair, [otherName, otherValue]: Pair): number {
  if (name !== otherName) return name < otherName ? -1 : 1;
  return value < otherValue ? -1 : Number(value > otherValue);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** RFC 3986: everything but letters, digits and - . _ ~ */
function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
