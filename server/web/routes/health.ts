import { Router } from 'express';
import { anyone } from '../middleware/access.ts';

/** For machines that watch the server: whether it is alive, and whether all it stands on answers. */
export function healthRoutes(readiness: () => Promise<Readonly<Record<string, boolean>>>): Router {
  const router = Router();
  router.get('/healthz', anyone(), (_req, res) => {
    res.json({ status: 'alive' });
  });
  router.get('/readyz', anyone(), async (_req, res) => {
    const parts = await readiness();
    const isReady = Object.values(parts).every(Boolean);
    res.status(isReady ? 200 : 503).json({ status: isReady ? 'ready' : 'not ready', ...parts });
  });
  return router;
}
