import { z } from 'zod';
import { readFields, readJson } from '../body.ts';
import { imageSize } from '../image-size.ts';
import type { StoredMedia, Upload } from '../media-store.ts';
import type { Answer, Call } from './endpoint.ts';
import { forbidden, invalidRequest, notFound } from './problem.ts';
import { mediaKey } from './shown-text.ts';

const DAY_MS = 24 * 3_600_000;
/** How long the network takes to prepare a film or an animation. */
const PROCESSING_MS = 1_000;
const MEGABYTE = 1_048_576;

const largest: Record<string, number> = {
  tweet_image: 5 * MEGABYTE,
  tweet_gif: 15 * MEGABYTE,
  tweet_video: 512 * MEGABYTE,
};

const contentTypes = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'video/mp4',
  'video/quicktime',
] as const;

const initializeForm = z.strictObject({
  media_type: z.enum(contentTypes),
  total_bytes: z.int().min(1),
  media_category: z.enum(['tweet_image', 'tweet_gif', 'tweet_video']).default('tweet_image'),
  additional_owners: z.array(z.string()).optional(),
  shared: z.boolean().optional(),
});

/** POST /2/media/upload/initialize */
export function initializeMedia({ world, caller, contentType, body }: Call): Answer {
  const form = check(initializeForm, readJson(contentType, body));
  if (form.total_bytes > (largest[form.media_category] ?? 0))
    throw invalidRequest('File size exceeds the limit.');
  const upload: Upload = {
    id: world.ids.next(world.clock.now()),
    ownerId: caller.account.userId,
    contentType: form.media_type,
    category: form.media_category,
    totalBytes: form.total_bytes,
    segments: new Map(),
    expiresAt: world.clock.now() + DAY_MS,
  };
  world.media.uploads.set(upload.id, upload);
  const data = {
    id: upload.id,
    media_key: mediaKey(upload.id),
    expires_after_secs: DAY_MS / 1000,
    size: form.total_bytes,
  };
  return { status: 200, body: { data, meta: {} } };
}

/** POST /2/media/upload/:id/append */
export function appendMedia(call: Call): Answer {
  const upload = findUpload(call);
  const fields = readFields(call.contentType, call.body);
  const index = fields.get('segment_index')?.toString('utf8') ?? '';
  const media = fields.get('media');
  if (!/^[0-9]{1,3}$/.test(index) || !media)
    throw invalidRequest('Both media and segment_index are required.');
  upload.segments.set(Number(index), toBytes(call, media));
  return { status: 200, body: { data: { expires_at: Math.floor(upload.expiresAt / 1000) }, meta: {} } };
}

/** POST /2/media/upload/:id/finalize */
export function finalizeMedia(call: Call): Answer {
  const upload = findUpload(call);
  const bytes = Buffer.concat(
    [...upload.segments].sort(([one], [other]) => one - other).map(([, segment]) => segment),
  );
  if (bytes.length !== upload.totalBytes) {
    throw invalidRequest(`Got ${bytes.length} of ${upload.totalBytes} bytes.`, { id: [upload.id] });
  }
  const media = store(call, upload, bytes);
  call.world.media.uploads.delete(upload.id);
  return { status: 200, body: { data: describe(call, media), meta: {} } };
}

/** POST /2/media/upload: a picture in one go. */
export function uploadMedia(call: Call): Answer {
  const fields = readFields(call.contentType, call.body);
  const media = fields.get('media');
  if (!media || !fields.get('media_category'))
    throw invalidRequest('Both media and media_category are required.');
  const bytes = toBytes(call, media);
  if (fields.get('media_category')?.toString() !== 'tweet_image')
    throw invalidRequest('Only pictures are taken in one go.');
  if (bytes.length > (largest.tweet_image ?? 0)) throw invalidRequest('File size exceeds the limit.');
  const contentType = fields.get('media_type')?.toString('utf8') ?? imageSize(bytes)?.contentType ?? '';
  const id = call.world.ids.next(call.world.clock.now());
  const stored = store(call, { id, contentType, category: 'tweet_image' }, bytes);
  return { status: 200, body: { data: describe(call, stored), meta: {} } };
}

/** GET /2/media/upload?command=STATUS&media_id=… */
export function readMediaStatus(call: Call): Answer {
  return {
    status: 200,
    body: { data: describe(call, findOwn(call, call.query.get('media_id') ?? '')), meta: {} },
  };
}

const metadataForm = z.object({
  id: z.string().regex(/^[0-9]{1,19}$/),
  metadata: z.object({ alt_text: z.object({ text: z.string().min(1).max(1000) }).optional() }).optional(),
});

/** POST /2/media/metadata: the text for those who cannot see a picture. */
export function describeMedia(call: Call): Answer {
  const form = check(metadataForm, readJson(call.contentType, call.body));
  const media = findOwn(call, form.id);
  const altText = form.metadata?.alt_text?.text;
  if (altText !== undefined)
    call.world.journal.record({ type: 'media-described', mediaId: media.id, altText });
  const associated = altText === undefined ? {} : { alt_text: { text: altText } };
  return { status: 200, body: { data: { id: media.id, associated_metadata: associated } } };
}

function store(
  call: Call,
  upload: Pick<Upload, 'id' | 'contentType' | 'category'>,
  bytes: Buffer,
): StoredMedia {
  const { world, caller } = call;
  const isVideo = upload.category === 'tweet_video';
  const size = imageSize(bytes);
  if (isVideo !== (size === null) || (size && size.contentType !== upload.contentType)) {
    throw invalidRequest('The file is not what its media_type says.', { id: [upload.id] });
  }
  const kind = isVideo ? 'video' : size?.contentType === 'image/gif' ? 'animated_gif' : 'photo';
  const media: StoredMedia = {
    id: upload.id,
    ownerId: caller.account.userId,
    kind,
    contentType: upload.contentType,
    ...world.media.write(upload.id, bytes),
    width: size?.width ?? null,
    height: size?.height ?? null,
    altText: null,
    readyAt: world.clock.now() + (kind === 'photo' ? 0 : PROCESSING_MS),
  };
  world.journal.record({ type: 'media-stored', media });
  return media;
}

function describe({ world }: Call, media: StoredMedia): Record<string, unknown> {
  const base = {
    id: media.id,
    media_key: mediaKey(media.id),
    size: media.bytes,
    expires_after_secs: DAY_MS / 1000,
  };
  if (media.kind === 'photo') return base;
  const isReady = media.readyAt <= world.clock.now();
  const progress = isReady
    ? { state: 'succeeded', progress_percent: 100 }
    : { state: 'pending', check_after_secs: 1 };
  return { ...base, processing_info: progress };
}

function findUpload({ world, caller, param }: Call): Upload {
  const upload = world.media.uploads.get(param('id'));
  if (!upload || upload.expiresAt <= world.clock.now()) throw notFound();
  if (upload.ownerId !== caller.account.userId) throw forbidden('This media belongs to somebody else.');
  return upload;
}

function findOwn({ world, caller }: Call, id: string): StoredMedia {
  const media = world.media.find(id);
  if (!media) throw notFound();
  if (media.ownerId !== caller.account.userId) throw forbidden('This media belongs to somebody else.');
  return media;
}

/** In JSON the bytes come as base64, in a multipart form as they are. */
function toBytes({ contentType }: Call, media: Buffer): Buffer {
  return /^application\/json\b/i.test(contentType) ? Buffer.from(media.toString('latin1'), 'base64') : media;
}

function check<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw invalidRequest(`$.${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is invalid'}`);
}
