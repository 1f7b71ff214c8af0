import { NotFound } from '../errors.ts';
import { Assets, type StoredAsset } from '../models/asset.ts';

/** The bytes of an image as they are kept. Throws NotFound. */
export async function readAssetImage(id: string): Promise<Pick<StoredAsset, 'bytes' | 'mimeType'>> {
  const asset = await Assets.findById(id).select('bytes mimeType');
  if (!asset) throw new NotFound('There is no such image.');
  return { bytes: asset.bytes, mimeType: asset.mimeType };
}
