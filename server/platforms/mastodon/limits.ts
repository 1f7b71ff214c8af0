import { z } from 'zod';
import type { ServerLimits } from '../platform.ts';
import type { MastodonCredential } from './credential.ts';
import { ask, type MastodonSettings } from './request.ts';

const amount = z.int().positive().nullable().catch(null).default(null);

const instance = z.object({
  configuration: z.object({
    statuses: z
      .object({
        max_characters: amount,
        max_media_attachments: amount,
        characters_reserved_per_url: amount,
      })
      .prefault({}),
    media_attachments: z.object({ image_size_limit: amount, description_limit: amount }).prefault({}),
  }),
});

/** What the server says that it allows; null when it says nothing, as some makes do. Then the usual limits hold. */
export async function readLimits(
  settings: MastodonSettings,
  own: MastodonCredential,
): Promise<ServerLimits | null> {
  const answer = await ask(settings, own, { method: 'GET', path: '/api/v2/instance' });
  const said = answer.kind === 'answered' ? instance.safeParse(answer.body).data : undefined;
  if (!said) return null;
  const { statuses, media_attachments: media } = said.configuration;
  return {
    text: statuses.max_characters,
    link: statuses.characters_reserved_per_url,
    images: statuses.max_media_attachments,
    imageBytes: media.image_size_limit,
    altText: media.description_limit,
  };
}
