import { type Request, Router } from 'express';
import { pauseEverything } from '../../actions/pause-everything.ts';
import { resumePublishing } from '../../actions/resume-publishing.ts';
import type { Context } from '../../context.ts';
import { activePause } from '../../queries/active-pause.ts';
import { memberNames } from '../../queries/member-names.ts';
import { overdueDeliveries } from '../../queries/overdue-deliveries.ts';
import { formPage } from '../forms/form-page.ts';
import { pauseForm } from '../forms/posts.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { pausePage } from '../presenters/pause.ts';
import { currentMember, notify } from '../request.ts';

/** The crisis pause: everything stops at once, and resuming shows what became overdue. */
export function pauseRoutes(context: Context): Router {
  const routes = Router();
  const pausing = formPage({
    schema: pauseForm,
    view: 'pause/new',
    action: () => paths.pause,
    page: (req) => showPause(context, req),
    act: async ({ reason }, req) => {
      const { stillLeaving } = await pauseEverything(context, currentMember(req), { reason });
      const said = stillLeaving > 0 ? 'pause.done-still-leaving' : 'pause.done';
      notify(req, req.speak.t(said, { count: stillLeaving }), stillLeaving > 0 ? 'warning' : 'done');
      return paths.newPause;
    },
  });

  routes.get(paths.newPause, anyMember(), pausing.show);
  routes.post(paths.pause, allowing('everything.pause'), pausing.submit);
  routes.post(paths.pauseResumption, allowing('everything.resume'), async (req, res) => {
    const { missed } = await resumePublishing(context, currentMember(req));
    notify(req, req.speak.t('pause.done-resumed', { count: missed }));
    res.redirect(303, missed > 0 ? paths.needsSomeone : paths.calendar);
  });
  return routes;
}

async function showPause(context: Context, req: Request) {
  const pause = await activePause();
  const [overdue, names] = await Promise.all([
    pause ? overdueDeliveries(context.clock.now()) : [],
    memberNames(pause ? [pause.startedBy] : []),
  ]);
  const startedBy = (pause && names.get(pause.startedBy)) || req.speak.t('app.nobody');
  return pausePage({ pause, startedBy, overdue, member: currentMember(req) }, req.speak);
}
