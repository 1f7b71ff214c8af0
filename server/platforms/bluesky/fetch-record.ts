import { AtUri } from '@atproto/api';
import { z } from 'zod';
import type { Answer } from './answer.ts';
import { ask, type BlueskySettings } from './client.ts';
import type { BlueskyCredential } from './credential.ts';

const found = z.object({
  uri: z.string(),
  cid: z.string(),
  value: z.looseObject({
    text: z.string().optional(),
    createdAt: z.iso.datetime({ offset: true }).optional(),
  }),
});

type FoundRecord = z.infer<typeof found>;

/** `absent`: the server itself says that there is no such record. */
export type RecordLook =
  | { kind: 'found'; record: FoundRecord }
  | { kind: 'absent' }
  | { kind: 'failed'; answer: Answer };

/** Looks a record up by its address. */
export async function fetchRecord(
  settings: BlueskySettings,
  own: BlueskyCredential,
  uri: string,
  signal?: AbortSignal,
): Promise<RecordLook> {
  const { host: repo, collection, rkey } = new AtUri(uri);
  const answer = await ask(settings, own, {
    method: 'com.atproto.repo.getRecord',
    params: { repo, collection, rkey },
    signal,
  });
  if (answer.kind === 'denied' && answer.problem?.name === 'RecordNotFound') return { kind: 'absent' };
  const record = answer.kind === 'answered' ? found.safeParse(answer.body).data : undefined;
  return record ? { kind: 'found', record } : { kind: 'failed', answer };
}
