import { type Request, Router } from 'express';
import { z } from 'zod';
import { readCampaign } from '../../queries/campaigns.ts';
import { listTrail, type TrailFilter } from '../../queries/list-trail.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { campaignTrailPage, trailPage } from '../presenters/trail.ts';
import { currentMember, idOf } from '../request.ts';

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
  router.get(paths.campaignTrail(':id'), allowing('trail.read'), async (req, res) => {
    const { campaign } = await readCampaign(idOf(req));
    const filter = { ...filterOf(req), campaign: campaign._id };
    const facts = { listed: await listTrail(filter), filter, reader: currentMember(req) };
    res.render('campaigns/trail', campaignTrailPage(campaign, facts, req.speak));
  });
  return router;
}

function filterOf(req: Request): TrailFilter {
  return filterSchema.parse(req.query);
}
