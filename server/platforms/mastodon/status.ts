import { z } from 'zod';
import type { Outcome } from '../platform.ts';
import type { MastodonSettings } from './request.ts';

/** A figure that is missing or makes no sense is not measured; it is never 0. */
const figure = z.int().nonnegative().nullable().catch(null).default(null);

/** A status as servers of any make give it; what only some give is optional. */
export const status = z.object({
  id: z.string().min(1),
  created_at: z.iso.datetime({ offset: true }),
  content: z.string().catch('').default(''),
  /** The text as it was sent; some servers give it beside the HTML. */
  text: z.string().nullable().catch(null).default(null),
  url: z.string().nullable().catch(null).default(null),
  language: z.string().nullable().catch(null).default(null),
  in_reply_to_id: z.string().nullable().optional().catch(undefined),
  reblog: z.unknown().optional(),
  account: z.object({ id: z.string() }),
  media_attachments: z.array(z.unknown()).catch([]).default([]),
  replies_count: figure,
  reblogs_count: figure,
  favourites_count: figure,
  quotes_count: figure,
});

export type Status = z.infer<typeof status>;

export const accepted = (
  settings: MastodonSettings,
  instance: string,
  post: { id: string; url?: string | null },
): Extract<Outcome, { kind: 'accepted' }> => ({
  kind: 'accepted',
  remoteId: post.id,
  remoteUrl: addressOf(settings, instance, post),
});

/** Where people see a post: as the server says, if that is an address of the web. */
export function addressOf(
  { pagesAt }: MastodonSettings,
  instance: string,
  { id, url }: { id: string; url?: string | null },
): string {
  const said = url && URL.canParse(url) ? new URL(url) : null;
  const page = said && /^https?:$/.test(said.protocol) ? said : null;
  const path = page?.pathname ?? `/web/statuses/${encodeURIComponent(id)}`;
  if (pagesAt) return `${pagesAt}${path}`;
  return page?.href ?? `https://${instance}${path}`;
}
