import { type Request, Router } from 'express';
import { resolveDelivery } from '../../actions/resolve-delivery.ts';
import { withdrawDelivery } from '../../actions/withdraw-delivery.ts';
import type { Context } from '../../context.ts';
import { cardFacts } from '../../queries/card-facts.ts';
import { deliveriesNeedingSomeone } from '../../queries/deliveries-needing-someone.ts';
import { deliveryHistory } from '../../queries/delivery-history.ts';
import { memberNames } from '../../queries/member-names.ts';
import { formPage } from '../forms/form-page.ts';
import { resolutionForm, withdrawalForm } from '../forms/posts.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { deliveryPage, needsSomeonePage } from '../presenters/deliveries.ts';
import { actorsOf } from '../presenters/history.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** What needs someone, with the evidence and the few things one can do about it. */
export function deliveryRoutes(context: Context): Router {
  const routes = Router();
  const resolving = resolutionPage(context);
  const withdrawing = withdrawalPage(context);
  const resolve = allowing('deliveries.resolve');

  routes.get(paths.needsSomeone, anyMember(), async (req, res) => {
    const waiting = await deliveriesNeedingSomeone(context.clock.now());
    res.render('deliveries/index', needsSomeonePage(waiting, req.speak));
  });
  routes.get(paths.delivery(':id'), anyMember(), resolving.show);
  routes.post(paths.deliveryResolution(':id'), resolve, resolving.submit);
  routes.post(paths.deliveryWithdrawal(':id'), resolve, withdrawing.submit);
  return routes;
}

function resolutionPage(context: Context) {
  return formPage({
    schema: resolutionForm,
    view: 'deliveries/show',
    action: (req) => paths.deliveryResolution(idOf(req)),
    page: (req) => showDelivery(context, req),
    act: async (input, req) => {
      await resolveDelivery(context, currentMember(req), { ...input, delivery: idOf(req) });
      notify(req, req.speak.t(`deliveries.done-${input.resolution}`));
      return paths.delivery(idOf(req));
    },
  });
}

function withdrawalPage(context: Context) {
  return formPage({
    schema: withdrawalForm,
    view: 'deliveries/show',
    as: 'withdrawal',
    action: (req) => paths.deliveryWithdrawal(idOf(req)),
    page: (req) => showDelivery(context, req),
    act: async ({ reason }, req) => {
      await withdrawDelivery(context, currentMember(req), { delivery: idOf(req), reason });
      notify(req, req.speak.t('deliveries.done-withdrawn'));
      return paths.delivery(idOf(req));
    },
  });
}

async function showDelivery(context: Context, req: Request) {
  const history = await deliveryHistory(idOf(req));
  const [names, cards] = await Promise.all([
    memberNames(actorsOf([history])),
    cardFacts(context, [history.delivery]),
  ]);
  const about = { member: currentMember(req), names, cards, now: context.clock.now() };
  return deliveryPage(history, about, req.speak);
}
