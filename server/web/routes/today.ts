import { Router } from 'express';
import type { Context } from '../../context.ts';
import { todaysWork } from '../../queries/todays-work.ts';
import { anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { todayPage } from '../presenters/today.ts';
import { currentMember } from '../request.ts';

/** Where everybody begins. */
export function todayRoutes({ clock }: Context): Router {
  const router = Router();
  router.get(paths.today, anyMember(), async (req, res) => {
    const member = currentMember(req);
    const now = clock.now();
    const work = await todaysWork(member._id, now);
    res.render('today/show', todayPage({ work, member, now }, req.speak));
  });
  return router;
}
