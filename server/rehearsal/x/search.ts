import type { Answer, Call } from './endpoint.ts';
import { invalidRequest } from './problem.ts';
import { type ShownPost, shownConversation } from './shown-post.ts';
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
  const posts = conversation ? shownConversation(call.world, conversation) : allPosts(call);
  const since = call.world.clock.now() - WEEK_MS;
  const found = posts.filter((post) => post.createdAt >= since && terms.every((term) => matches(post, term)));
  return page(call, found, { least: 10, token: 'next_token', parameter: 'id' });
}

function matches(post: ShownPost, term: string): boolean {
  if (term.startsWith('-')) return !matches(post, term.slice(1));
  const [, operator, value = ''] = /^([a-z_]+):(.+)$/.exec(term) ?? [];
  switch (operator) {
    case undefined:
      return post.text.toLowerCase().includes(term.toLowerCase());
    case 'conversation_id':
      return post.conversationId === value;
    case 'from':
      return isUser(value, post.username, post.authorId);
    case 'to':
      return post.replyToUsername !== null && isUser(value, post.replyToUsername, null);
    case 'lang':
      return post.language === value;
    case 'is':
      if (value === 'reply') return post.replyTo !== null;
      if (value === 'quote') return post.quoteOf !== null;
      if (value === 'retweet') return false;
  }
  throw invalidRequest(`Reference to invalid operator '${operator}'.`, { query: [term] });
}

function isUser(asked: string, username: string, userId: string | null): boolean {
  return asked.replace(/^@/, '').toLowerCase() === username.toLowerCase() || asked === userId;
}
