import { type Request, type Response, Router } from 'express';
import { askForReview } from '../../actions/ask-for-review.ts';
import { draftMessage } from '../../actions/draft-message.ts';
import { markTranslation } from '../../actions/mark-translation.ts';
import { reviseMessage } from '../../actions/revise-message.ts';
import { withdrawFromReview } from '../../actions/withdraw-from-review.ts';
import type { Context } from '../../context.ts';
import { mayDo } from '../../domain/roles.ts';
import { campaignTitles } from '../../queries/campaign-titles.ts';
import { listOpenCampaigns } from '../../queries/campaigns.ts';
import { readDraft } from '../../queries/composer.ts';
import { draftChecks } from '../../queries/draft-checks.ts';
import { filledIn } from '../../queries/filled-in.ts';
import { messageVersions } from '../../queries/message-versions.ts';
import { listMessages } from '../../queries/messages.ts';
import { formPage } from '../forms/form-page.ts';
import { flatten, refusedForm } from '../forms/form-view.ts';
import { messageQuery, pageQuery } from '../forms/library-filters.ts';
import { messageForm, messageInput, newMessageForm, previewForm } from '../forms/messages.ts';
import { readForm, typedValues } from '../forms/read-form.ts';
import { placeOf } from '../forms/variant-steps.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { chooseCampaignPage } from '../presenters/campaigns.ts';
import { listPage } from '../presenters/list.ts';
import { versionsPage } from '../presenters/message-versions.ts';
import { messagePage, messageRow, previewView } from '../presenters/messages.ts';
import { currentMember, idOf, notify } from '../request.ts';
import { campaignOfComposer, composerOf, contentTyped, initialForm, startingAnswer } from './composer.ts';

const mayPlan = (req: Request) => mayDo(currentMember(req).roles, 'campaigns.edit');
const mayEdit = (req: Request) => mayDo(currentMember(req).roles, 'messages.edit');

/** Messages: the list, the page, the composer and the way into review. */
export function messageRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('messages.edit');
  const { creation, revision, request } = forms(context);

  router.get(paths.messages, anyMember(), async (req, res) => {
    const asked = messageQuery.parse(req.query);
    const [found, campaigns] = await Promise.all([listMessages(asked), campaignTitles()]);
    const rows = found.items.map((one) => messageRow(one, req.speak));
    const listing = { req, asked, found, rows, mayAdd: mayEdit(req), known: { campaigns } };
    res.render('library/index', listPage('messages', listing));
  });
  router.get(
    paths.newMessage,
    edit,
    async (req, res, next) => {
      if (req.query.campaign) return next();
      const campaigns = await listOpenCampaigns();
      const about = { mayPlan: mayPlan(req), answer: await startingAnswer(req), speak: req.speak };
      return res.render('messages/choose', chooseCampaignPage(campaigns, about));
    },
    creation.show,
  );
  router.post(paths.messages, edit, creation.submit);
  router.post(paths.newMessagePreview, edit, (req, res) => preview(context, req, res));
  router.get(paths.message(':id'), anyMember(), async (req, res) => {
    const draft = await readDraft(idOf(req));
    const checked = await draftChecks(context, draft.message, { ...draft, message: draft.message._id });
    res.render(
      'messages/show',
      messagePage(draft, checked, {
        mayEdit: mayEdit(req),
        mayComment: mayDo(currentMember(req).roles, 'messages.comment'),
        speak: req.speak,
      }),
    );
  });
  router.get(paths.messageVersions(':id'), anyMember(), async (req, res) => {
    const found = await messageVersions(idOf(req), pageQuery.parse(req.query).page);
    res.render('messages/versions', versionsPage(found, req.speak));
  });
  router.get(paths.messageEdit(':id'), edit, revision.show);
  router.post(paths.message(':id'), edit, revision.submit);
  router.post(paths.messagePreview(':id'), edit, (req, res) => preview(context, req, res));
  router.post(paths.messageTranslation(':id', ':variant'), edit, async (req, res) => {
    await mark(context, req, String(req.params.variant));
    notify(req, req.speak.t('messages.translation-marked'));
    res.redirect(303, paths.message(idOf(req)));
  });
  router.post(paths.reviewRequest(':id'), edit, request.submit);
  router.post(paths.reviewRequestEnd(':id'), edit, async (req, res) => {
    await withdrawFromReview(context, currentMember(req), { message: idOf(req) });
    notify(req, req.speak.t('messages.withdrawn'));
    res.redirect(303, paths.messageEdit(idOf(req)));
  });
  return router;
}

function forms(context: Context) {
  const page = (req: Request) => composerOf(context, req);
  const initial = (req: Request) => initialForm(req);
  const view = 'messages/edit';
  const creation = formPage({
    schema: newMessageForm,
    view,
    action: () => paths.messages,
    page,
    initial,
    act: async ({ campaign, answer, ...typed }, req) => {
      const input = messageInput(typed);
      const message = await draftMessage(context, currentMember(req), { ...input, campaign, answer });
      notify(req, req.speak.t('messages.saved'));
      return `${paths.messageEdit(message._id)}${placeOf(typed.step, input.variants)}`;
    },
  });
  const saved = async (req: Request, { version, ...typed }: Typed) =>
    reviseMessage(context, currentMember(req), { ...messageInput(typed), version, message: idOf(req) });
  const action = (req: Request) => paths.message(idOf(req));
  const revision = formPage({
    schema: messageForm,
    view,
    action,
    page,
    initial,
    act: async (typed, req) => {
      const { variants } = await saved(req, typed);
      const rendered = typed.step.name === 'translated' && variants[typed.step.variant];
      if (rendered) await mark(context, req, rendered._id);
      notify(req, req.speak.t(rendered ? 'messages.translation-marked' : 'messages.saved'));
      return `${paths.messageEdit(idOf(req))}${placeOf(typed.step, variants)}`;
    },
  });
  const request = formPage({
    schema: messageForm,
    view,
    action,
    page,
    initial,
    act: async (typed, req) => {
      await saved(req, typed);
      const { message } = await readDraft(idOf(req));
      await askForReview(context, currentMember(req), { message: idOf(req), version: message.version });
      notify(req, req.speak.t('messages.asked'));
      return paths.message(idOf(req));
    },
  });
  return { creation, revision, request };
}

const mark = (context: Context, req: Request, variant: string) =>
  markTranslation(context, currentMember(req), { message: idOf(req), variant });

type Typed = Parameters<typeof messageInput>[0] & { version: number };

/**
 * A fragment for a page that asks while somebody types; the whole composer, unsaved, without scripts and for a page
 * that picks more than the preview out of it (htmx says so: "full").
 */
async function preview(context: Context, req: Request, res: Response): Promise<void> {
  const read = readForm(previewForm, req.body, req.speak);
  const isFragment = req.get('HX-Request') === 'true' && req.get('HX-Request-Type') !== 'full';
  if (isFragment && !('input' in read)) {
    res.status(204).end();
    return;
  }
  if (isFragment && 'input' in read) {
    const campaign = await campaignOfComposer(req);
    const content = await filledIn(context, await contentTyped(read.input), campaign);
    const checked = await draftChecks(context, content, {
      campaign,
      message: req.params.id ? idOf(req) : null,
    });
    res.render('messages/preview', { preview: previewView(checked, req.speak), isFragment, layout: false });
    return;
  }
  const fieldErrors = 'input' in read ? {} : read.fieldErrors;
  const action = req.params.id ? paths.message(idOf(req)) : paths.messages;
  const form = refusedForm({ action, values: flatten(typedValues(req.body)), fieldErrors });
  res.status('input' in read ? 200 : 422);
  res.render('messages/edit', { ...(await composerOf(context, req)), form });
}
