import { findShown } from '../shown-post.ts';
import type { Answer, Call } from './endpoint.ts';
import { presentPosts, whatIsAsked } from './fields.ts';
import { invalidRequest, missing } from './problem.ts';
import { toUser } from './user-fields.ts';

const MOST_IDS = 100;

/** GET /2/users/me */
export function readMe(call: Call): Answer {
  const { account } = call.caller;
  const user = toUser(call.world, whatIsAsked(call, 'id').userFields, {
    authorId: account.userId,
    ...account,
  });
  return { status: 200, body: { data: user } };
}

/** GET /2/tweets?ids=… */
export function lookUpTweets(call: Call): Answer {
  const ids = (call.query.get('ids') ?? '').split(',').filter(Boolean);
  if (ids.length === 0 || ids.length > MOST_IDS || !ids.every(isId)) {
    throw invalidRequest(`The ids query parameter must hold 1 to ${MOST_IDS} ids.`, { ids });
  }
  const { data, includes, errors } = look(call, ids, 'ids');
  return {
    status: 200,
    body: {
      ...(data.length > 0 ? { data } : {}),
      ...(includes ? { includes } : {}),
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}

/** GET /2/tweets/:id */
export function lookUpTweet(call: Call): Answer {
  const id = call.param('id');
  if (!isId(id)) throw invalidRequest(`The id path parameter [${id}] is not valid.`, { id: [id] });
  const { data, includes, errors } = look(call, [id], 'id');
  const [tweet] = data;
  return {
    status: 200,
    body: {
      ...(tweet ? { data: tweet } : {}),
      ...(includes ? { includes } : {}),
      ...(errors.length > 0 ? { errors } : {}),
    },
  };
}

export function isId(text: string): boolean {
  return /^[0-9]{1,19}$/.test(text);
}

function look(call: Call, ids: readonly string[], parameter: string) {
  const found = ids.map((id) => ({ id, post: findShown(call.world, id) }));
  const answer = presentPosts(
    whatIsAsked(call, parameter),
    found.flatMap(({ post }) => post ?? []),
  );
  const absent = found.filter(({ post }) => !post).map(({ id }) => missing('tweet', id, parameter));
  return { ...answer, errors: [...absent, ...answer.errors] };
}
