import { type Request, Router } from 'express';
import { pauseEverything } from '../../actions/pause-everything.ts';
import { resumePublishing } from '../../actions/resume-publishing.ts';
import type { Context } from '../../context.ts';
import { activePause } from '../../queries/active-pause.ts';
import { memberNames } from '../../queries/member-names.ts';
import { overdueDeliveries } from '../../queries/overdue-deliveries.ts';
import { upcomingByCampaign } from '../../queries/upcoming-by-campaign.ts';
import { formPage } from '../forms/form-page.ts';
import { blankForm } from '../forms/form-view.ts';
import { pauseForm, resumptionForm } from '../forms/posts.ts';
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

  const resuming = formPage({
    schema: resumptionForm,
    view: 'pause/new',
    as: 'resumption',
    action: () => paths.pauseResumption,
    page: async (req) => ({ ...(await showPause(context, req)), form: blankForm(paths.pause) }),
    act: async ({ letGo }, req) => {
      const { missed, held } = await resumePublishing(context, currentMember(req), { letGo });
      const said = [req.speak.t('pause.done-resumed', { count: missed })];
      if (held > 0) said.push(req.speak.t('pause.done-held', { count: held }));
      notify(req, said.join(' '));
      return missed > 0 ? paths.needsSomeone : paths.calendar;
    },
  });

  routes.get(paths.newPause, anyMember(), pausing.show);
  routes.post(paths.pause, allowing('everything.pause'), pausing.submit);
  routes.post(paths.pauseResumption, allowing('everything.resume'), resuming.submit);
  return routes;
}

async function showPause(context: Context, req: Request) {
  const pause = await activePause();
  const now = context.clock.now();
  const [overdue, upcoming, names] = await Promise.all([
    pause ? overdueDeliveries(now) : [],
    pause ? upcomingByCampaign(pause.startedAt, now) : [],
    memberNames(pause ? [pause.startedBy] : []),
  ]);
  const startedBy = (pause && names.get(pause.startedBy)) || req.speak.t('app.nobody');
  const facts = { pause, startedBy, overdue, upcoming, member: currentMember(req) };
  return { ...pausePage(facts, req.speak), resumption: blankForm(paths.pauseResumption) };
}
