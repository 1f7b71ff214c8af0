import { type Request, Router } from 'express';
import { cancelPost } from '../../actions/cancel-post.ts';
import { movePost } from '../../actions/move-post.ts';
import { homeOf } from '../../actions/publishing.ts';
import { releasePost } from '../../actions/release-post.ts';
import { schedulePost } from '../../actions/schedule-post.ts';
import type { Context } from '../../context.ts';
import { dueTimeOf } from '../../domain/due-time.ts';
import { RuleViolation } from '../../domain/rule-violation.ts';
import { cardFacts } from '../../queries/card-facts.ts';
import { findPost } from '../../queries/find-post.ts';
import { memberNames } from '../../queries/member-names.ts';
import { warningsFor } from '../../queries/placement-warnings.ts';
import { reassessmentsDue } from '../../queries/reassessments-due.ts';
import { placementChoice, schedulableMessages } from '../../queries/schedulable.ts';
import { formPage } from '../forms/form-page.ts';
import { cancellationForm, moveForm, scheduleForm } from '../forms/posts.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { actorsOf } from '../presenters/history.ts';
import { chooseTextPage, newPostPage, placingPath, postPage, warningSentences } from '../presenters/posts.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** Placing a text on the calendar, and the page of a post with what can be done about it. */
export function postRoutes(context: Context): Router {
  const routes = Router();
  const schedule = allowing('posts.schedule');
  const placing = placingForm(context);
  const moving = movingForm(context);

  routes.get(paths.newPost, schedule, async (req, res, next) => {
    if (given(req, 'message') && given(req, 'variant')) return placing.show(req, res, next);
    const [schedulable, due] = await Promise.all([
      schedulableMessages(context.clock.now()),
      reassessmentsDue(),
    ]);
    return res.render('posts/choose', chooseTextPage(schedulable, { at: given(req, 'at'), due }, req.speak));
  });
  routes.post(paths.posts, schedule, placing.submit);
  routes.get(paths.post(':id'), anyMember(), moving.show);
  routes.post(paths.postTime(':id'), schedule, moving.submit);
  routes.post(paths.postCancellation(':id'), schedule, async (req, res) => {
    const { reason } = cancellationForm.parse({ reason: given(req, 'reason') });
    await cancelPost(context, currentMember(req), { post: idOf(req), reason });
    notify(req, req.speak.t('posts.done-cancelled'));
    res.redirect(303, paths.post(idOf(req)));
  });
  routes.post(paths.postRelease(':id'), schedule, async (req, res) => {
    await releasePost(context, currentMember(req), { post: idOf(req) });
    notify(req, req.speak.t('posts.done-released'));
    res.redirect(303, paths.post(idOf(req)));
  });
  return routes;
}

function placingForm(context: Context) {
  return formPage({
    schema: scheduleForm,
    view: 'posts/new',
    action: () => paths.posts,
    page: async (req) => {
      const home = homeOf(context);
      const ids = { message: given(req, 'message'), variant: given(req, 'variant') };
      const choice = await placementChoice({ ...ids, home });
      const { campaign } = choice.message;
      const accounts = choice.accounts.filter(({ account }) => account._id === given(req, 'account'));
      const zones = accounts.map(({ account }) => account);
      const warnings = await warningsAt(context, req, { campaign, accounts: zones });
      const { prices } = context.platforms[choice.variant.network]?.capabilities ?? {};
      const [cards, due] = await Promise.all([
        cardFacts(context, [choice.variant]),
        reassessmentsDue({ message: choice.message._id }),
      ]);
      return newPostPage(choice, { warnings, prices, cards, due, now: context.clock.now() }, req.speak);
    },
    initial: async (req) => {
      const home = homeOf(context);
      const ids = { message: given(req, 'message'), variant: given(req, 'variant') };
      const fit = (await placementChoice({ ...ids, home })).accounts.filter(({ unfit }) => unfit === null);
      const named = fit.find(({ account }) => account._id === given(req, 'account'));
      const [only] = named ? [named] : fit.length === 1 ? fit : [];
      return { wallTime: given(req, 'at'), when: 'at', ...(only ? { account: only.account._id } : {}) };
    },
    act: async ({ message, variant, account, when, wallTime, occurrence, seenWarnings, next }, req) => {
      const home = homeOf(context);
      const choice = await placementChoice({ message, variant, home });
      const accounts = choice.accounts.flatMap((one) => (one.account._id === account ? [one.account] : []));
      const { campaign } = choice.message;
      if (when === 'at') {
        const warnings = await warningsAt(context, req, { campaign, accounts });
        if (!seenWarnings) refuseUnseen(warnings);
      }
      const due = when === 'now' ? { publishNow: true } : { wallTime, ...(occurrence ? { occurrence } : {}) };
      const input = { message, variant, accounts: [account], ...due };
      const post = await schedulePost(context, currentMember(req), input);
      notify(req, req.speak.t(when === 'now' ? 'posts.done-now' : 'posts.done-scheduled'));
      return next ? placingPath({ message, variant: next, account, at: wallTime }) : paths.post(post._id);
    },
  });
}

function movingForm(context: Context) {
  return formPage({
    schema: moveForm,
    view: 'posts/show',
    action: (req) => paths.postTime(idOf(req)),
    page: async (req) => {
      const placed = await findPost(idOf(req));
      const [names, cards, warnings] = await Promise.all([
        memberNames(actorsOf(placed.histories)),
        cardFacts(
          context,
          placed.histories.map(({ delivery }) => delivery),
        ),
        req.method === 'POST' ? warningsOfMove(context, req) : [],
      ]);
      return postPage(placed, { member: currentMember(req), names, warnings, cards }, req.speak);
    },
    initial: async (req) => ({ wallTime: (await findPost(idOf(req))).post.wallTime }),
    act: async ({ wallTime, occurrence, seenWarnings }, req) => {
      if (!seenWarnings) refuseUnseen(await warningsOfMove(context, req));
      const due = { wallTime, ...(occurrence ? { occurrence } : {}) };
      const { dueAt, timeZone } = await movePost(context, currentMember(req), { post: idOf(req), ...due });
      notify(req, req.speak.t('posts.done-moved', { to: req.speak.dateTime(dueAt, timeZone) }));
      return paths.post(idOf(req));
    },
  });
}

async function warningsOfMove(context: Context, req: Request): Promise<string[]> {
  const { post } = await findPost(idOf(req));
  const accounts = post.accounts.map((_id) => ({ _id, timeZone: post.timeZone }));
  return warningsAt(context, req, { campaign: post.campaign, accounts, exceptPost: post._id });
}

interface Spot {
  campaign: string;
  accounts: readonly { _id: string; timeZone: string }[];
  exceptPost?: string;
}

/** What speaks against the time that was typed; nothing while it cannot be read, which the action then says. */
async function warningsAt(context: Context, req: Request, { accounts, ...spot }: Spot): Promise<string[]> {
  const occurrence = given(req, 'occurrence') === 'later' ? 'later' : 'earlier';
  const wallTime = given(req, 'wallTime');
  if (wallTime === '' || accounts.length === 0) return [];
  try {
    const { dueAt } = dueTimeOf({ wallTime, occurrence }, accounts, context.clock.now());
    const ids = accounts.map(({ _id }) => _id);
    return warningSentences(await warningsFor({ ...spot, accounts: ids, dueAt }), req.speak);
  } catch (error) {
    if (error instanceof RuleViolation) return [];
    throw error;
  }
}

function refuseUnseen(warnings: readonly string[]): void {
  if (warnings.length === 0) return;
  throw new RuleViolation('warnings-unseen', 'Something speaks against this time. Look at it first.', {
    field: 'seenWarnings',
  });
}

/** What was sent under this name, in the form or in the address. */
function given(req: Request, name: string): string {
  const sent = { ...req.query, ...(req.body as object | undefined) } as Record<string, unknown>;
  const value = sent[name];
  return typeof value === 'string' ? value.trim() : '';
}
