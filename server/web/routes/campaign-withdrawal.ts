import { type Request, Router } from 'express';
import { withdrawCampaign } from '../../actions/withdraw-campaign.ts';
import type { Context } from '../../context.ts';
import { readWithdrawal } from '../../queries/campaign-withdrawal.ts';
import { memberNames } from '../../queries/member-names.ts';
import { formPage } from '../forms/form-page.ts';
import { withdrawalForm } from '../forms/posts.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { campaignWithdrawalPage } from '../presenters/campaign-withdrawal.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** Taking a whole campaign back, and how far that is. */
export function campaignWithdrawalRoutes(context: Context): Router {
  const router = Router();
  const withdrawing = formPage({
    schema: withdrawalForm,
    view: 'campaigns/withdrawal',
    action: (req) => paths.campaignWithdrawal(idOf(req)),
    page: showWithdrawal,
    act: async ({ reason }, req) => {
      await withdrawCampaign(context, currentMember(req), { campaign: idOf(req), reason });
      notify(req, req.speak.t('campaigns.done-withdrawal'));
      return paths.campaignWithdrawal(idOf(req));
    },
  });
  router.get(paths.campaignWithdrawal(':id'), anyMember(), withdrawing.show);
  router.post(paths.campaignWithdrawal(':id'), allowing('campaigns.withdraw'), withdrawing.submit);
  return router;
}

async function showWithdrawal(req: Request) {
  const { campaign, counts } = await readWithdrawal(idOf(req));
  const names = await memberNames(campaign.withdrawal ? [campaign.withdrawal.member] : []);
  return campaignWithdrawalPage({ campaign, counts, names, member: currentMember(req) }, req.speak);
}
