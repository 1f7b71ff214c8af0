import { type Request, Router } from 'express';
import { z } from 'zod';
import { listTrail, type TrailFilter } from '../../queries/list-trail.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { trailPage } from '../presenters/trail.ts';
import { currentMember } from '../request.ts';

const filterSchema = z.object({
  actor: z
    .string()
    .regex(/^[0-9a-f]{24}$/)
    .catch(''),
  subject: z.string().max(40).catch(''),
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
});

/** Who changed what, and when. */
export function trailRoutes(): Router {
  const router = Router();
  router.get(paths.trail, allowing('trail.read'), async (req, res) => {
    const filter = filterOf(req);
    const listed = await listTrail(filter);
    res.render('settings/trail', trailPage({ listed, filter, reader: currentMember(req) }, req.speak));
  });
  return router;
}

function filterOf(req: Request): TrailFilter {
  return filterSchema.parse(req.query);
}
