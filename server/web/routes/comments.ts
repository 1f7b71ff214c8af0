import { type Request, Router } from 'express';
import { answerComment } from '../../actions/answer-comment.ts';
import { commentOnPassage } from '../../actions/comment-on-passage.ts';
import { resolveComment } from '../../actions/resolve-comment.ts';
import type { Context } from '../../context.ts';
import { messageComments, messageOfComment } from '../../queries/comments.ts';
import { answerForm, commentForm, resolutionForm } from '../forms/comments.ts';
import { formPage } from '../forms/form-page.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { type CommentsPlace, commentsPage } from '../presenters/comments.ts';
import { currentMember, idOf } from '../request.ts';

const PLACES: Record<CommentsPlace, (message: string) => string> = {
  review: paths.review,
  composer: paths.messageEdit,
  comments: paths.messageComments,
};

/** Comments on the passages of a message: their page, and what is said, answered and resolved on any page. */
export function commentRoutes(context: Context): Router {
  const routes = Router();
  const comment = allowing('messages.comment');
  const back = (message: string, place: CommentsPlace) => `${PLACES[place](message)}#comments`;

  const commenting = formPage({
    schema: commentForm,
    view: 'comments/index',
    as: 'commentForm',
    action: (req) => paths.messageComments(idOf(req)),
    page: (req) => showPage(idOf(req), req),
    act: async ({ back: place, comment: { variant, quote, at, text } }, req) => {
      const input = { message: idOf(req), variant, quote, at, text };
      await commentOnPassage(context, currentMember(req), input);
      return back(idOf(req), place);
    },
  });
  const answering = formPage({
    schema: answerForm,
    view: 'comments/index',
    as: 'answerForm',
    action: (req) => paths.commentAnswers(idOf(req)),
    page: async (req) => ({
      ...(await showPage(await messageOfComment(idOf(req)), req)),
      answering: idOf(req),
    }),
    act: async ({ back: place, answer }, req) => {
      const input = { comment: idOf(req), text: answer.text };
      const { message } = await answerComment(context, currentMember(req), input);
      return back(message, place);
    },
  });

  routes.get(paths.messageComments(':id'), comment, commenting.show);
  routes.post(paths.messageComments(':id'), comment, commenting.submit);
  routes.post(paths.commentAnswers(':id'), comment, answering.submit);
  routes.post(paths.commentResolution(':id'), comment, async (req, res) => {
    const { message } = await resolveComment(context, currentMember(req), { comment: idOf(req) });
    res.redirect(303, back(message, resolutionForm.parse(req.body ?? {}).back));
  });
  return routes;
}

async function showPage(message: string, req: Request) {
  return commentsPage(await messageComments(message), req.speak);
}
