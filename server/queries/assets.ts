import type { Asset } from '../domain/asset.ts';
import type { Message } from '../domain/message.ts';
import { NotFound } from '../errors.ts';
import { Assets, type StoredAsset, WITHOUT_BYTES } from '../models/asset.ts';
import { bindingUses } from '../models/asset-uses.ts';
import type { Versioned } from '../models/document.ts';
import { Messages } from '../models/message.ts';
import { memberNames } from './member-names.ts';
import type { PageOf } from './page-of.ts';
import { searchPage } from './search.ts';

/** Images of the library without their bytes, the newest first. */
export function listAssets({ q, page }: { q: string; page: number }): Promise<PageOf<Asset>> {
  const sort = { createdAt: -1, _id: -1 } as const;
  return searchPage<Asset>(Assets as never, { q, where: {}, sort, page, without: WITHOUT_BYTES });
}

export interface AssetPage {
  asset: Versioned<Asset>;
  /** Name of whoever added it; empty when they are gone. */
  addedBy: string;
  messages: Pick<Message, '_id' | 'title'>[];
  isBound: boolean;
}

/** One image with the messages that carry it, and whether it may be deleted. Throws NotFound. */
export async function readAsset(id: string): Promise<AssetPage> {
  const asset = await Assets.findById(id).select(WITHOUT_BYTES).lean<Versioned<Asset>>();
  if (!asset) throw new NotFound('There is no such image.');
  const [names, messages, uses] = await Promise.all([
    memberNames([asset.createdBy]),
    Messages.find({ 'variants.images.asset': id }).select('title').sort({ title: 1 }).limit(50).lean(),
    bindingUses(id),
  ]);
  const isBound = uses.messages + uses.deliveries > 0;
  return { asset, addedBy: names.get(asset.createdBy) ?? '', messages, isBound };
}

/** The bytes of an image as they are kept and sent, or a small JPEG of it. Throws NotFound. */
export async function readAssetImage(
  id: string,
  as: 'image' | 'thumbnail',
): Promise<Pick<StoredAsset, 'bytes' | 'mimeType'>> {
  const asset = await Assets.findById(id).select(as === 'image' ? 'bytes mimeType' : 'thumbnail');
  if (!asset) throw new NotFound('There is no such image.');
  return as === 'image'
    ? { bytes: asset.bytes, mimeType: asset.mimeType }
    : { bytes: asset.thumbnail, mimeType: 'image/jpeg' };
}

/** The newest images, to choose from. */
export function latestAssets(most: number): Promise<Asset[]> {
  return Assets.find()
    .select(WITHOUT_BYTES)
    .sort({ createdAt: -1, _id: -1 })
    .limit(most)
    .lean<Asset[]>()
    .exec();
}
