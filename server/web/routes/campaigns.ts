import { type Request, Router } from 'express';
import { closeCampaign } from '../../actions/close-campaign.ts';
import { createCampaign } from '../../actions/create-campaign.ts';
import { startCampaign } from '../../actions/start-campaign.ts';
import { updateBrief } from '../../actions/update-brief.ts';
import type { Context } from '../../context.ts';
import { briefStanding } from '../../domain/brief.ts';
import { CAMPAIGN_STATES } from '../../domain/campaign.ts';
import { mayDo } from '../../domain/roles.ts';
import { briefAudience, listCampaigns, readCampaign } from '../../queries/campaigns.ts';
import { briefChoices } from '../../queries/composer.ts';
import { findOrganisation } from '../../queries/find-organisation.ts';
import { briefForm, briefSoFar, campaignForm, closureForm } from '../forms/campaigns.ts';
import { optionalChoice } from '../forms/fields.ts';
import { formPage } from '../forms/form-page.ts';
import { readForm } from '../forms/read-form.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { briefPage, briefPrintPage, campaignPage, completenessView } from '../presenters/brief.ts';
import { campaignsPage } from '../presenters/campaigns.ts';
import { currentMember, idOf, notify } from '../request.ts';

const stateFilter = optionalChoice(CAMPAIGN_STATES).catch(null);
const mayEdit = (req: Request) => mayDo(currentMember(req).roles, 'campaigns.edit');

/** Campaigns from the first line of a brief to the lessons at the end. */
export function campaignRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('campaigns.edit');
  const { creation, brief, closure } = forms(context);

  router.get(paths.campaigns, anyMember(), async (req, res) => {
    const state = stateFilter.parse(req.query.state);
    res.render(
      'campaigns/index',
      campaignsPage(await listCampaigns({ state }), mayEdit(req), state, req.speak),
    );
  });
  router.get(paths.newCampaign, edit, creation.show);
  router.post(paths.campaigns, edit, creation.submit);
  router.get(paths.campaign(':id'), anyMember(), async (req, res) => {
    res.render('campaigns/show', campaignPage(await readCampaign(idOf(req)), currentMember(req), req.speak));
  });
  router.get(paths.campaignBriefPrint(':id'), anyMember(), async (req, res) => {
    const [page, organisation] = await Promise.all([readCampaign(idOf(req)), findOrganisation()]);
    const showsNarratives = req.query.narratives === 'shown';
    res.render('campaigns/print', briefPrintPage(page, { organisation, showsNarratives }, req.speak));
  });
  router.get(paths.campaignBrief(':id'), edit, brief.show);
  router.post(paths.campaignBrief(':id'), edit, brief.submit);
  router.post(paths.campaignBriefStanding(':id'), edit, async (req, res) => {
    const read = readForm(briefSoFar, req.body, req.speak);
    if (!('input' in read)) return res.status(204).end();
    const { brief: typed, segment } = read.input;
    const audience = await briefAudience(segment, typed.secondarySegments);
    const standing = briefStanding({ ...read.input, state: 'planned', audience });
    const completeness = completenessView(standing, req.speak);
    return res.render('campaigns/standing', { completeness, layout: false });
  });
  router.post(paths.campaignStart(':id'), edit, async (req, res) => {
    await startCampaign(context, currentMember(req), { campaign: idOf(req) });
    notify(req, req.speak.t('campaigns.done-started'));
    res.redirect(303, paths.campaign(idOf(req)));
  });
  router.get(paths.campaignClosure(':id'), edit, closure.show);
  router.post(paths.campaignClosure(':id'), edit, closure.submit);
  return router;
}

function forms(context: Context) {
  const creation = formPage({
    schema: campaignForm,
    view: 'campaigns/new',
    action: () => paths.campaigns,
    page: (req) => ({ title: req.speak.t('campaigns.new'), cancel: paths.campaigns }),
    act: async (input, req) =>
      paths.campaignBrief((await createCampaign(context, currentMember(req), input))._id),
  });
  const brief = formPage({
    schema: briefForm,
    view: 'campaigns/edit',
    action: (req) => paths.campaignBrief(idOf(req)),
    page: async (req) => {
      const sentVersion = (req.body as { version?: string } | undefined)?.version;
      const page = await readCampaign(idOf(req));
      const choices = await briefChoices(page.campaign.narratives);
      return briefPage(page, choices, { speak: req.speak, sentVersion });
    },
    initial: async (req) => (await readCampaign(idOf(req))).campaign,
    act: async (input, req) => {
      await updateBrief(context, currentMember(req), { ...input, campaign: idOf(req) });
      notify(req, req.speak.t('campaigns.done-saved'));
      return paths.campaign(idOf(req));
    },
  });
  const closure = formPage({
    schema: closureForm,
    view: 'campaigns/closure',
    action: (req) => paths.campaignClosure(idOf(req)),
    page: async (req) => {
      const { campaign } = await readCampaign(idOf(req));
      return {
        title: `${req.speak.t('app.colon', { label: req.speak.t('campaigns.close') })} ${campaign.title}`,
        cancel: paths.campaign(idOf(req)),
      };
    },
    act: async (input, req) => {
      await closeCampaign(context, currentMember(req), { ...input, campaign: idOf(req) });
      notify(req, req.speak.t('campaigns.done-closed'));
      return paths.campaign(idOf(req));
    },
  });
  return { creation, brief, closure };
}
