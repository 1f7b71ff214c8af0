import type { Credential, Outcome } from '../platform.ts';
import { classify } from './classify.ts';
import { INCOMPLETE, type MastodonCredential, readCredential } from './credential.ts';
import { type Answer, ask, type MastodonSettings } from './request.ts';
import { accepted } from './status.ts';

/** Deletes one post. A post that is already gone counts as deleted, so that the request may be repeated. */
export async function withdraw(
  settings: MastodonSettings,
  credential: Credential,
  remoteId: string,
): Promise<Outcome> {
  const own = readCredential(credential);
  if (!own) return { kind: 'unauthorised', detail: INCOMPLETE };
  const path = pathOf(remoteId);
  const answer = await ask(settings, own, { method: 'DELETE', path });
  const isDone = answer.kind === 'answered' || (await isGone(settings, own, { answer, path }));
  return isDone ? accepted(settings, own.instance, { id: remoteId }) : classify(answer, settings.now());
}

export const pathOf = (remoteId: string) => `/api/v1/statuses/${encodeURIComponent(remoteId)}`;

export function saysGone(answer: Answer): boolean {
  return answer.kind === 'denied' && (answer.status === 404 || answer.status === 410);
}

/** A page without the server's own words may come from anything in between: then the post is looked for. */
async function isGone(
  settings: MastodonSettings,
  own: MastodonCredential,
  { answer, path }: { answer: Answer; path: string },
): Promise<boolean> {
  if (!saysGone(answer)) return false;
  if (answer.kind === 'denied' && answer.words !== null) return true;
  return saysGone(await ask(settings, own, { method: 'GET', path }));
}
