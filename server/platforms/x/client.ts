import type { Agent } from 'node:https';
import {
  ApiPartialResponseError,
  ApiRequestError,
  ApiResponseError,
  type IClientSettings,
  type ITwitterApiClientPlugin,
  TwitterApi,
  type TwitterApiOAuth2Init,
  type TwitterApiTokens,
  type TwitterResponse,
} from 'twitter-api-v2';
import { Line, nameOfError } from '../line.ts';
import { type Answer, readProblem } from './answer.ts';
import type { XCredential } from './credential.ts';

export interface XOptions {
  /** Carries the requests; default: a fresh connection to the real network for each. */
  agent?: Agent;
  /** For a whole exchange, from the first byte to the last. */
  timeoutMs?: number;
  /** Where people look at posts and agree to connect. */
  pagesAt?: string;
  now?: () => Date;
}

export type XSettings = Required<XOptions>;

type Tokens = string | TwitterApiTokens | TwitterApiOAuth2Init;
type Send = (client: TwitterApi) => Promise<TwitterResponse<unknown>>;

/** Makes exactly one request as this account and says what came back; never throws for what a network can do. */
export function ask(
  settings: XSettings,
  credential: XCredential,
  send: Send,
  signal?: AbortSignal,
): Promise<Answer> {
  const tokens = 'appKey' in credential ? credential : credential.accessToken;
  const secrets = Object.entries(credential).flatMap(([name, value]) =>
    name === 'expiresAt' || name === 'remoteId' || !value ? [] : [value],
  );
  return exchange(settings, { tokens, secrets, send, signal });
}

/** Like `ask`, for the requests that an application makes before it has an account's tokens. */
export async function exchange(
  settings: XSettings,
  request: { tokens: Tokens; secrets: readonly string[]; send: Send; signal?: AbortSignal | undefined },
): Promise<Answer> {
  const deadline = AbortSignal.timeout(settings.timeoutMs);
  const signal = request.signal ? AbortSignal.any([request.signal, deadline]) : deadline;
  const line = watchLine(signal);
  const client = openClient(request.tokens, {
    httpAgent: settings.agent,
    // A cut compressed body would never end: the client pipes it through an inflater that is not told.
    compression: false,
    plugins: [line.plugin],
  });
  try {
    return { kind: 'answered', body: (await request.send(client)).data };
  } catch (error) {
    if (error instanceof ApiResponseError) {
      const problem = readProblem(error.data, request.secrets);
      return { kind: 'denied', status: error.code, headers: error.headers, problem };
    }
    if (error instanceof ApiPartialResponseError) {
      return { kind: 'cut', status: error.response.statusCode ?? 0 };
    }
    if (!(error instanceof ApiRequestError)) throw error;
    const reason = deadline.aborted ? `no answer within ${settings.timeoutMs} ms` : line.reason();
    return { kind: 'silent', wasConnected: line.wasConnected(), reason };
  }
}

/** The client has one constructor per kind of token and takes no union. */
function openClient(tokens: Tokens, settings: Partial<IClientSettings>): TwitterApi {
  return new TwitterApi(tokens as TwitterApiTokens, settings);
}

function watchLine(signal: AbortSignal) {
  const line = new Line();
  let reason = 'the connection was closed';
  const plugin: ITwitterApiClientPlugin = {
    onBeforeRequestConfig({ params }) {
      params.requestEventDebugHandler = (event, data) => {
        if (event === 'request-error') reason = nameOfError(data.requestError);
        if (event === 'socket') line.watch(data.socket);
      };
    },
    onBeforeRequest({ requestOptions }) {
      requestOptions.signal = signal;
    },
  };
  return { plugin, wasConnected: () => line.wasConnected, reason: () => reason };
}
