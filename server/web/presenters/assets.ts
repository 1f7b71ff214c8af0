import type { Asset } from '../../domain/asset.ts';
import { ORIGINS } from '../../domain/message.ts';
import { MOST_UPLOAD_BYTES } from '../../domain/picture.ts';
import type { AssetPage } from '../../queries/assets.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { optionsOf } from './library.ts';
import { imageView } from './post-card.ts';

/** The image of a library page, with its own alt text. */
const ownImage = (asset: Asset, speak: Speak) =>
  imageView(asset, { title: speak.t('assets.one'), altText: asset.altText, speak });

/** One image of the list: the picture, and where it comes from. */
export function assetRow(asset: Asset, speak: Speak) {
  const origin = speak.label('origin', asset.origin);
  return {
    ...ownImage(asset, speak),
    path: paths.assetThumbnail(asset._id),
    page: paths.asset(asset._id),
    state: asset.quotesExtremists ? { kind: 'bad', text: speak.t('assets.quoted') } : null,
    about: [origin, asset.credit].filter(Boolean).join(' · '),
  };
}

/** One image: picture, words, where it is used, and what can be done. */
export function assetPage(
  { asset, addedBy, messages, isBound }: AssetPage,
  { mayEdit, speak }: { mayEdit: boolean; speak: Speak },
) {
  const { _id, width, height, size, origin, credit, purpose, createdAt } = asset;
  const facts = [
    [speak.t('assets.origin'), speak.label('origin', origin)],
    [speak.t('assets.credit'), credit],
    [speak.t('assets.purpose'), purpose],
    [
      speak.t('assets.size'),
      speak.t('assets.size-words', { width, height, kilobytes: Math.ceil(size / 1000) }),
    ],
    [
      speak.t('assets.added-by'),
      speak.t('assets.by-at', { name: addedBy || speak.t('app.nobody'), at: speak.dateTime(createdAt) }),
    ],
  ];
  return {
    title: speak.t('assets.one'),
    images: [ownImage(asset, speak)],
    facts: facts.flatMap(([term = '', text]) => (text ? [{ term, text }] : [])),
    messages: messages.map((message) => ({ path: paths.message(message._id), title: message.title })),
    editPath: mayEdit ? paths.assetWords(_id) : null,
    deletionPath: mayEdit && !isBound ? paths.assetDeletion(_id) : null,
    isBound: mayEdit && isBound,
    backPath: paths.assets,
  };
}

/** The form of an image, to add one (`asset` is null) or to change the words of one. */
export function assetFormPage(
  asset: AssetPage['asset'] | null,
  {
    isRefused,
    sentVersion,
    composer,
  }: { isRefused: boolean; sentVersion: string | undefined; composer: string | null },
  speak: Speak,
) {
  const version = asset?.version ?? null;
  return {
    title: speak.t(asset ? 'library.edit-assets' : 'library.new-assets'),
    images: asset ? [ownImage(asset, speak)] : [],
    version,
    changed: version !== null && sentVersion !== undefined && Number(sentVersion) !== version,
    chooseAgain: asset === null && isRefused,
    fileHint: speak.t('assets.file-hint', { megabytes: MOST_UPLOAD_BYTES / 1_000_000 }),
    origins: optionsOf('origin', ORIGINS, speak),
    isAwaited: composer !== null,
    cancel: composer ?? (asset ? paths.asset(asset._id) : paths.assets),
  };
}
