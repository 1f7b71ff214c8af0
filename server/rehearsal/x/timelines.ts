import { newestFirst, type ShownPost, shownConversation, showPost } from '../shown-post.ts';
import { compareIds } from '../snowflake.ts';
import type { Answer, Call } from './endpoint.ts';
import { presentPosts, whatIsAsked } from './fields.ts';
import { invalidRequest, missing } from './problem.ts';
import { isId } from './read-tweets.ts';

/** GET /2/users/:id/tweets: what an account published, newest first. */
export function readUserTweets(call: Call): Answer {
  const userId = call.param('id');
  if (!call.world.registry.account(userId)) return noSuchUser(userId);
  const excluded = (call.query.get('exclude') ?? '').split(',');
  const posts = call.world.ledger
    .visibleOf(userId)
    .filter((post) => post.options.nullcast !== true && !(excluded.includes('replies') && post.replyTo))
    .map((post) => showPost(call.world, post));
  return page(call, posts, { least: 5, token: 'pagination_token', parameter: 'id' });
}

/** GET /2/users/:id/mentions: what others wrote with the account's name in it, newest first. */
export function readMentions(call: Call): Answer {
  const userId = call.param('id');
  const account = call.world.registry.account(userId);
  if (!account) return noSuchUser(userId);
  const username = account.username.toLowerCase();
  const posts = allPosts(call).filter(
    (post) => post.authorId !== userId && post.mentions().includes(username),
  );
  return page(call, posts, { least: 5, token: 'pagination_token', parameter: 'id' });
}

export function allPosts({ world }: Call): ShownPost[] {
  const conversations = new Set(world.ledger.visiblePosts().map((post) => post.conversationId));
  return [...conversations].flatMap((id) => shownConversation(world, id));
}

export interface PageOptions {
  /** The smallest page that may be asked for. */
  least: number;
  /** The parameter that brings the next page. */
  token: 'pagination_token' | 'next_token';
  parameter: string;
}

/** One page of posts, cut by ids and times and continued by tokens. Throws a 400 problem on senseless parameters. */
export function page(call: Call, posts: readonly ShownPost[], options: PageOptions): Answer {
  const size = pageSize(call, options.least);
  const within = posts.filter(inBounds(call)).sort(newestFirst);
  const { query } = call;
  const token = query.get(options.token) ?? query.get('pagination_token');
  const [start, end] = token === null ? [0, size] : rangeOf(token, within, size, options);
  const shown = within.slice(start, end);
  const { data, includes, errors } = presentPosts(whatIsAsked(call, options.parameter), shown);
  const last = shown.at(-1);
  const meta = {
    result_count: data.length,
    ...(shown[0] && last ? { newest_id: shown[0].id, oldest_id: last.id } : {}),
    ...(last && end < within.length ? { next_token: toToken('n', last.id) } : {}),
    ...(shown[0] && start > 0 ? { previous_token: toToken('p', shown[0].id) } : {}),
  };
  return {
    status: 200,
    body: {
      ...(data.length > 0 ? { data } : {}),
      ...(includes ? { includes } : {}),
      ...(errors.length > 0 ? { errors } : {}),
      meta,
    },
  };
}

function pageSize({ query }: Call, least: number): number {
  const size = Number(query.get('max_results') ?? 10);
  if (Number.isInteger(size) && size >= least && size <= 100) return size;
  throw invalidRequest(`The max_results query parameter must be between ${least} and 100.`, {
    max_results: [query.get('max_results') ?? ''],
  });
}

function inBounds({ query }: Call): (post: ShownPost) => boolean {
  const sinceId = idParam(query, 'since_id');
  const untilId = idParam(query, 'until_id');
  const from = timeParam(query, 'start_time');
  const to = timeParam(query, 'end_time');
  return ({ id, createdAt }) =>
    (sinceId ? compareIds(id, sinceId) > 0 : from === null || createdAt >= from) &&
    (untilId ? compareIds(id, untilId) < 0 : to === null || createdAt < to);
}

function idParam(query: URLSearchParams, name: string): string | null {
  const id = query.get(name);
  if (id !== null && !isId(id))
    throw invalidRequest(`The ${name} query parameter is not valid.`, { [name]: [id] });
  return id;
}

function timeParam(query: URLSearchParams, name: string): number | null {
  const time = query.get(name);
  if (time === null) return null;
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(time) && !Number.isNaN(Date.parse(time));
  if (!isTime) throw invalidRequest(`The ${name} query parameter must be a UTC time.`, { [name]: [time] });
  return Date.parse(time);
}

/** Tokens name the post at the edge of a page, so that new posts do not shift the pages. */
function toToken(direction: 'n' | 'p', id: string): string {
  return direction + BigInt(id).toString(36);
}

function rangeOf(
  token: string,
  posts: readonly ShownPost[],
  size: number,
  options: PageOptions,
): [start: number, end: number] {
  if (!/^[np][0-9a-z]{1,13}$/.test(token))
    throw invalidRequest('The token is not valid.', { [options.token]: [token] });
  const id = [...token.slice(1)]
    .reduce((sum, digit) => sum * 36n + BigInt(Number.parseInt(digit, 36)), 0n)
    .toString();
  const isNext = token.startsWith('n');
  const edge = posts.findIndex((post) => compareIds(post.id, id) < (isNext ? 0 : 1));
  const at = edge < 0 ? posts.length : edge;
  return isNext ? [at, at + size] : [Math.max(0, at - size), at];
}

function noSuchUser(userId: string): Answer {
  return { status: 200, body: { errors: [missing('user', userId, 'id')] } };
}
