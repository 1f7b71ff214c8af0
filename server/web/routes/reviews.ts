import { isDeepStrictEqual } from 'node:util';
import { type Request, Router } from 'express';
import { z } from 'zod';
import { approveMessage } from '../../actions/approve-message.ts';
import { assessHarm } from '../../actions/assess-harm.ts';
import { rejectMessage } from '../../actions/reject-message.ts';
import { returnMessage } from '../../actions/return-message.ts';
import type { Context } from '../../context.ts';
import type { Risk } from '../../domain/assessment.ts';
import { MESSAGE_TYPES } from '../../domain/message.ts';
import { mayDo } from '../../domain/roles.ts';
import { RuleViolation } from '../../domain/rule-violation.ts';
import { campaignTitles } from '../../queries/campaign-titles.ts';
import { cardFacts } from '../../queries/card-facts.ts';
import { messageComments } from '../../queries/comments.ts';
import { messageForReview } from '../../queries/message-for-review.ts';
import { reassessmentsDue } from '../../queries/reassessments-due.ts';
import { reviewsWaiting } from '../../queries/reviews-waiting.ts';
import { optionalChoice, optionalId } from '../forms/fields.ts';
import { formPage } from '../forms/form-page.ts';
import { reviewForm } from '../forms/review.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { assessmentValues } from '../presenters/assessment.ts';
import { commentsView } from '../presenters/comments.ts';
import { reviewPage } from '../presenters/review.ts';
import { reviewQueuePage } from '../presenters/review-queue.ts';
import { currentMember, idOf, notify } from '../request.ts';

type ReviewInput = z.output<typeof reviewForm>;
type Act = (input: ReviewInput, req: Request) => Promise<string>;

const filters = z.object({
  campaign: optionalId().catch(null),
  type: optionalChoice(MESSAGE_TYPES).catch(null),
});

/** The review queue, and the page on which a message is assessed and decided about. */
export function reviewRoutes(context: Context): Router {
  const routes = Router();

  routes.get(paths.reviews, anyMember(), async (req, res) => {
    const filter = filters.parse(req.query);
    const now = context.clock.now();
    const [waiting, campaigns, due] = await Promise.all([
      reviewsWaiting(filter, now),
      campaignTitles(),
      reassessmentsDue(),
    ]);
    const queue = { waiting, campaigns, due, filter };
    res.render('reviews/index', reviewQueuePage(queue, currentMember(req), req.speak, now));
  });

  const form = (act: Act) =>
    formPage({
      schema: reviewForm,
      view: 'reviews/show',
      action: (req) => paths.messageAssessment(idOf(req)),
      page: (req) => showPage(context, req),
      initial: async (req) => assessmentValues((await messageForReview(idOf(req))).assessment),
      act,
    });

  const assess = form(async (input, req) => {
    await assessHarm(context, currentMember(req), { ...input, message: idOf(req) });
    notify(req, req.speak.t('reviews.done-assessed'));
    return paths.review(idOf(req));
  });
  const approve = form(async (input, req) => {
    if (await isUnsaved(input, idOf(req))) {
      throw new RuleViolation('assessment-unsaved', 'Save the assessment before you approve.');
    }
    const { state } = await approveMessage(context, currentMember(req), { ...input, message: idOf(req) });
    notify(req, req.speak.t(state === 'approved' ? 'reviews.done-approved' : 'reviews.done-approved-once'));
    return paths.reviews;
  });
  const decline = (action: typeof returnMessage, done: string) =>
    form(async (input, req) => {
      await keepAssessment(context, req, input);
      await action(context, currentMember(req), { ...input, message: idOf(req) });
      notify(req, req.speak.t(done));
      return paths.reviews;
    });

  const review = allowing('messages.review');
  routes.get(paths.review(':id'), anyMember(), assess.show);
  routes.post(paths.messageAssessment(':id'), review, assess.submit);
  routes.post(paths.messageApproval(':id'), review, approve.submit);
  routes.post(paths.messageReturn(':id'), review, decline(returnMessage, 'reviews.done-returned').submit);
  routes.post(paths.messageRejection(':id'), review, decline(rejectMessage, 'reviews.done-rejected').submit);
  return routes;
}

async function showPage(context: Context, req: Request) {
  const review = await messageForReview(idOf(req));
  const now = context.clock.now();
  const seen = req.method === 'POST' ? (req.body as { seen?: unknown }).seen : undefined;
  const cards = await cardFacts(context, review.message.variants);
  const page = reviewPage(review, { member: currentMember(req), speak: req.speak, now, cards, seen });
  if (!mayDo(currentMember(req).roles, 'messages.comment')) return page;
  const comments = commentsView(await messageComments(idOf(req)), { place: 'review', speak: req.speak });
  return { ...page, comments };
}

/** A decision that was typed beside new answers keeps them too. */
async function keepAssessment(context: Context, req: Request, input: ReviewInput): Promise<void> {
  if (!(await isUnsaved(input, idOf(req)))) return;
  await assessHarm(context, currentMember(req), { ...input, message: idOf(req) });
}

/** Whether the answers in the form differ from those on record. */
async function isUnsaved({ risks }: ReviewInput, message: string): Promise<boolean> {
  const { assessment } = await messageForReview(message);
  const byQuestion = (answers: readonly Risk[]) => new Map(answers.map((risk) => [risk.question, risk]));
  return !isDeepStrictEqual(byQuestion(risks), byQuestion(assessment?.risks ?? []));
}
