import { INSTANCE } from './account.ts';
import type { Answer, OpenCall } from './endpoint.ts';
import { LARGEST_IMAGE, LONGEST_ALT_TEXT } from './media.ts';

/** GET /api/v2/instance: what the server is and, on most makes, what it allows. */
export function readInstance({ world }: OpenCall): Answer {
  const { tellsLimits, textLimit } = world.make.current;
  const thumbnail = `https://${INSTANCE}/thumbnail.png`;
  return {
    body: {
      domain: INSTANCE,
      title: 'Rehearsal',
      version: '4.5.0',
      source_url: `https://${INSTANCE}/about`,
      description: 'A stand-in on this machine. Nobody here is real.',
      usage: { users: { active_month: world.registry.accounts().length } },
      thumbnail: { url: thumbnail, blurhash: null, versions: {}, description: null },
      icon: [{ src: thumbnail, size: '36x36' }],
      languages: ['en', 'fr', 'ar'],
      ...(tellsLimits && { configuration: configuration(textLimit) }),
      registrations: {
        ...{ enabled: false, approval_required: true, reason_required: null, message: null, min_age: null },
        url: null,
      },
      api_versions: { mastodon: 7 },
      contact: { email: `office@${INSTANCE}`, account: null },
      rules: [],
    },
  };
}

function configuration(textLimit: number) {
  return {
    urls: { streaming: `wss://${INSTANCE}`, status: null, about: null, privacy_policy: null },
    vapid: { public_key: '' },
    accounts: { max_featured_tags: 10, max_pinned_statuses: 5 },
    statuses: {
      max_characters: textLimit,
      max_media_attachments: 4,
      characters_reserved_per_url: 23,
    },
    media_attachments: {
      supported_mime_types: ['image/jpeg', 'image/png', 'image/gif', 'image/webp'],
      description_limit: LONGEST_ALT_TEXT,
      image_size_limit: LARGEST_IMAGE,
      image_matrix_limit: 33_177_600,
      video_size_limit: 103_809_024,
      video_frame_rate_limit: 120,
      video_matrix_limit: 8_294_400,
    },
    polls: {
      ...{ max_options: 4, max_characters_per_option: 50, min_expiration: 300, max_expiration: 2_629_746 },
    },
    translation: { enabled: false },
    limited_federation: false,
  };
}
