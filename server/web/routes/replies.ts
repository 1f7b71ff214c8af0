import { type Request, Router } from 'express';
import { codeReply } from '../../actions/code-reply.ts';
import { recordSupportOffer } from '../../actions/record-support-offer.ts';
import type { Context } from '../../context.ts';
import { callsForSomebody } from '../../domain/reply-coding.ts';
import { findReply, replyQueue } from '../../queries/reply-queue.ts';
import { formPage } from '../forms/form-page.ts';
import { codeForm } from '../forms/replies.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { replyPage, replyQueuePage } from '../presenters/replies.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** Coding what people answered: one reply at a time, without anything that says who wrote it. */
export function replyRoutes(context: Context): Router {
  const routes = Router();
  const mayRead = allowing('replies.read');
  const mayCode = allowing('replies.code');
  const coding = codingForm(context);

  routes.get(paths.replies, mayRead, async (req, res) => {
    res.render('replies/index', replyQueuePage(await replyQueue(null), currentMember(req), req.speak));
  });
  routes.get(paths.campaignReplies(':id'), mayRead, async (req, res) => {
    res.render('replies/index', replyQueuePage(await replyQueue(idOf(req)), currentMember(req), req.speak));
  });
  routes.get(paths.reply(':id'), mayRead, coding.show);
  routes.post(paths.replyCode(':id'), mayCode, coding.submit);
  routes.post(paths.replySupportOffer(':id'), mayCode, async (req, res) => {
    await recordSupportOffer(context, currentMember(req), { reply: idOf(req) });
    notify(req, req.speak.t('replies.done-support'));
    res.redirect(303, paths.reply(idOf(req)));
  });
  return routes;
}

/** After a code that calls for somebody the protocol comes first; after any other, the next reply. */
function codingForm(context: Context) {
  return formPage({
    schema: codeForm,
    view: 'replies/show',
    action: (req: Request) => paths.replyCode(idOf(req)),
    page: async (req) => replyPage(await findReply(idOf(req)), currentMember(req), req.speak),
    initial: async (req) => ({ code: (await findReply(idOf(req))).reply.code, queue: '' }),
    act: async ({ code, queue }, req) => {
      await codeReply(context, currentMember(req), { reply: idOf(req), code });
      notify(req, req.speak.t('replies.done-coded', { code: req.speak.label('reply-code', code) }));
      if (callsForSomebody(code)) return paths.reply(idOf(req));
      return queue ? paths.campaignReplies(queue) : paths.replies;
    },
  });
}
