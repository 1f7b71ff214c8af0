import { Router } from 'express';
import { readAssetImage } from '../../queries/assets.ts';
import { anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { idOf } from '../request.ts';

/** Only for the browser of whoever is signed in; the bytes of an image never change. */
const KEPT_BY_BROWSER = 'private, max-age=31536000, immutable';

/** The images of the library: the bytes as members' pages show them. */
export function assetRoutes(): Router {
  const router = Router();
  router.get(paths.assetImage(':id'), anyMember(), async (req, res) => {
    const { bytes, mimeType } = await readAssetImage(idOf(req));
    res.set({
      'Content-Type': mimeType,
      'Content-Disposition': `inline; filename="image-${idOf(req)}.${mimeType.split('/')[1]}"`,
      'Cache-Control': KEPT_BY_BROWSER,
      'X-Content-Type-Options': 'nosniff',
    });
    res.send(bytes);
  });
  return router;
}
