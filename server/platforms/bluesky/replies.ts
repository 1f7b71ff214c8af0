import { z } from 'zod';
import type { Credential, RemoteReply, RepliesOutcome } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type BlueskySettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { hasNoView } from './measures.ts';

const answer = z.object({
  uri: z.string(),
  author: z.object({ did: z.string() }),
  record: z.looseObject({ text: z.string(), langs: z.array(z.string()).optional() }),
  indexedAt: z.iso.datetime({ offset: true }),
});

/** A branch that is blocked, deleted or of an unknown kind has no post. */
interface Branch {
  post?: z.infer<typeof answer> | undefined;
  replies: Branch[];
}

const branch: z.ZodType<Branch> = z.lazy(() =>
  z.object({ post: answer.optional().catch(undefined), replies: z.array(branch).catch([]) }),
);
const found = z.object({ thread: branch });

const DEPTH = 100;

/** Reads what others answered below this post, and below their answers. */
export async function replies(
  settings: BlueskySettings,
  credential: Credential,
  remoteId: string,
  since: Date | null,
): Promise<RepliesOutcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'failed', detail: INCOMPLETE };
  const answered = await ask(settings, own, {
    method: 'app.bsky.feed.getPostThread',
    params: { uri: remoteId, depth: DEPTH, parentHeight: 0 },
  });
  const read = answered.kind === 'answered' ? found.safeParse(answered.body).data : undefined;
  if (read) {
    const all = postsBelow(read.thread).filter(({ author }) => author.did !== own.did);
    return { kind: 'read', replies: all.map(toReply).filter(({ createdAt }) => !since || createdAt > since) };
  }
  if (hasNoView(answered)) return { kind: 'read', replies: [] };
  const outcome = classify(answered, settings.now());
  if (outcome.kind === 'limited') return { kind: 'limited', retryAt: outcome.retryAt };
  return { kind: 'failed', detail: outcome.detail };
}

function postsBelow({ replies: branches }: Branch): z.infer<typeof answer>[] {
  return branches.flatMap((below) => [...(below.post ? [below.post] : []), ...postsBelow(below)]);
}

/** The moment is the view's: what a reply says of itself is up to its author. */
function toReply({ uri, author, record, indexedAt }: z.infer<typeof answer>): RemoteReply {
  return {
    remoteId: uri,
    authorRemoteId: author.did,
    text: record.text,
    language: record.langs?.[0] ?? 'und',
    createdAt: new Date(indexedAt),
  };
}
