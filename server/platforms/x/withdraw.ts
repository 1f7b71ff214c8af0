import { z } from 'zod';
import type { Credential, Outcome } from '../platform.ts';
import { classify } from './classify.ts';
import { ask, type XSettings } from './client.ts';
import { INCOMPLETE, readCredential } from './credential.ts';
import { accepted } from './publish.ts';

const deleted = z.object({ data: z.object({ deleted: z.literal(true) }) });

/** Deletes one post. A post that is already gone counts as deleted, so that the request may be repeated. */
export async function withdraw(
  settings: XSettings,
  credential: Credential,
  remoteId: string,
): Promise<Outcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const answer = await ask(settings, own, (client) =>
    client.v2.delete('tweets/:id', undefined, { params: { id: remoteId }, fullResponse: true }),
  );
  const isGone =
    (answer.kind === 'answered' && deleted.safeParse(answer.body).success) ||
    (answer.kind === 'denied' && answer.status === 404 && answer.problem !== null);
  return isGone ? accepted(settings, remoteId) : classify(answer, settings.now());
}
