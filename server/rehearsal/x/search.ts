import { type ShownPost, shownConversation } from '../shown-post.ts';
import type { Answer, Call } from './endpoint.ts';
import { invalidRequest } from './problem.ts';
import { allPosts, page } from './timelines.ts';

const WEEK_MS = 7 * 24 * 3_600_000;

/** GET /2/tweets/search/recent: the last seven days. Knows words, conversation_id:, from:, to:, is:reply and -. */
export function searchRecent(call: Call): Answer {
  const query = call.query.get('query')?.trim() ?? '';
  if (query === '' || query.length > 4096) {
    throw invalidRequest('The query query parameter must be 1 to 4096 characters.', { query: [query] });
  }
  const terms = query.split(/\s+/);
  const conversation = terms
    .find((term) => term.startsWith('conversation_id:'))
    ?.slice('conversation_id:'.length);
  const tests = terms.map(toTest);
  const posts = conversation ? shownConversation(call.world, conversation) : allPosts(call);
  const since = call.world.clock.now() - WEEK_MS;
  const found = posts.filter((post) => post.createdAt >= since && tests.every((test) => test(post)));
  return page(call, found, { least: 10, token: 'next_token', parameter: 'id' });
}

type Test = (post: ShownPost) => boolean;

/** Throws a 400 problem on operators that the stand-in does not know. */
function toTest(term: string): Test {
  if (term.startsWith('-')) {
    const opposite = toTest(term.slice(1));
    return (post) => !opposite(post);
  }
  const [, operator, value = ''] = /^([a-z_]+):(.+)$/.exec(term) ?? [];
  const words = term.toLowerCase();
  if (!operator) return (post) => post.text.toLowerCase().includes(words);
  const test = operators[operator]?.(value);
  if (!test) throw invalidRequest(`Reference to invalid operator '${operator}'.`, { query: [term] });
  return test;
}

const operators: Record<string, (value: string) => Test | undefined> = {
  conversation_id: (value) => (post) => post.conversationId === value,
  from: (value) => (post) => isUser(value, post.username, post.authorId),
  to: (value) => (post) => post.replyToUsername !== null && isUser(value, post.replyToUsername, null),
  lang: (value) => (post) => post.language === value,
  is: (value) => kinds[value],
};

const kinds: Record<string, Test> = {
  reply: (post) => post.replyTo !== null,
  quote: (post) => post.quoteOf !== null,
  retweet: () => false,
};

function isUser(asked: string, username: string, userId: string | null): boolean {
  return asked.replace(/^@/, '').toLowerCase() === username.toLowerCase() || asked === userId;
}
