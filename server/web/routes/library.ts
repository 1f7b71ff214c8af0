import { type Request, Router } from 'express';
import { withdrawConsent } from '../../actions/withdraw-consent.ts';
import type { Context } from '../../context.ts';
import { mayDo } from '../../domain/roles.ts';
import { listAnswers, listCollections, readAnswer } from '../../queries/answers.ts';
import { listMessengers, readMessenger } from '../../queries/messengers.ts';
import { listNarratives, readNarrative } from '../../queries/narratives.ts';
import { listSegments, readSegment } from '../../queries/segments.ts';
import * as queries from '../forms/library-filters.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { answerPage, answerRow } from '../presenters/answers.ts';
import * as present from '../presenters/library.ts';
import { listPage } from '../presenters/list.ts';
import { currentMember, idOf, notify } from '../request.ts';
import { libraryForms } from './library-forms.ts';

const mayEdit = (req: Request) => mayDo(currentMember(req).roles, 'library.edit');
const mayDraft = (req: Request) => mayDo(currentMember(req).roles, 'messages.edit');

/** Narratives, answers, audience segments and messengers: lists, pages and forms. */
export function libraryRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('library.edit');
  router.get(paths.library, anyMember(), (_req, res) => res.redirect(303, paths.narratives));
  setUpLists(router, context);

  const narrative = libraryForms(context, 'narratives');
  router.get(paths.newNarrative, edit, narrative.add.show);
  router.post(paths.narratives, edit, narrative.add.submit);
  router.get(paths.narrative(':id'), anyMember(), async (req, res) => {
    res.render(
      'library/show',
      present.narrativePage(await readNarrative(idOf(req)), mayEdit(req), req.speak),
    );
  });
  router.get(paths.narrativeEdit(':id'), edit, narrative.revise.show);
  router.post(paths.narrative(':id'), edit, narrative.revise.submit);

  const answer = libraryForms(context, 'answers');
  router.get(paths.newAnswer, edit, answer.add.show);
  router.post(paths.answers, edit, answer.add.submit);
  router.get(paths.answer(':id'), anyMember(), async (req, res) => {
    const about = { mayEdit: mayEdit(req), mayDraft: mayDraft(req), speak: req.speak };
    res.render('answers/show', answerPage(await readAnswer(idOf(req)), about));
  });
  router.get(paths.answerEdit(':id'), edit, answer.revise.show);
  router.post(paths.answer(':id'), edit, answer.revise.submit);

  const segment = libraryForms(context, 'segments');
  router.get(paths.newSegment, edit, segment.add.show);
  router.post(paths.segments, edit, segment.add.submit);
  router.get(paths.segment(':id'), anyMember(), async (req, res) => {
    res.render('library/show', present.segmentPage(await readSegment(idOf(req)), mayEdit(req), req.speak));
  });
  router.get(paths.segmentEdit(':id'), edit, segment.revise.show);
  router.post(paths.segment(':id'), edit, segment.revise.submit);

  const messenger = libraryForms(context, 'messengers');
  router.get(paths.newMessenger, edit, messenger.add.show);
  router.post(paths.messengers, edit, messenger.add.submit);
  router.get(paths.messenger(':id'), anyMember(), async (req, res) => {
    const about = { mayEdit: mayEdit(req), now: context.clock.now(), speak: req.speak };
    res.render('library/show', present.messengerPage(await readMessenger(idOf(req)), about));
  });
  router.get(paths.messengerEdit(':id'), edit, messenger.revise.show);
  router.post(paths.messenger(':id'), edit, messenger.revise.submit);
  router.post(paths.consentWithdrawal(':id'), edit, async (req, res) => {
    const done = await withdrawConsent(context, currentMember(req), { messenger: idOf(req) });
    const [live, maybe] = [done.live.length, done.maybeLive.length];
    const said = req.speak.t('messengers.withdrawn', { cancelled: done.cancelled, live, maybe });
    notify(req, said, live + maybe > 0 ? 'warning' : 'done');
    res.redirect(303, paths.messenger(idOf(req)));
  });
  return router;
}

function setUpLists(router: Router, context: Context): void {
  router.get(paths.narratives, anyMember(), async (req, res) => {
    const asked = queries.narrativeQuery.parse(req.query);
    const found = await listNarratives(asked);
    const rows = found.items.map((one) => present.narrativeRow(one, req.speak));
    res.render('library/index', listPage('narratives', { req, asked, found, rows, mayAdd: mayEdit(req) }));
  });
  router.get(paths.answers, anyMember(), async (req, res) => {
    const asked = queries.answerQuery.parse(req.query);
    const [found, collections] = await Promise.all([listAnswers(asked), listCollections()]);
    const rows = found.items.map((one) => answerRow(one, req.speak));
    const listing = { req, asked, found, rows, mayAdd: mayEdit(req), known: { collections } };
    res.render('library/index', listPage('answers', listing));
  });
  router.get(paths.segments, anyMember(), async (req, res) => {
    const asked = queries.segmentQuery.parse(req.query);
    const found = await listSegments(asked);
    const rows = found.items.map((one) => present.segmentRow(one, req.speak));
    res.render('library/index', listPage('segments', { req, asked, found, rows, mayAdd: mayEdit(req) }));
  });
  router.get(paths.messengers, anyMember(), async (req, res) => {
    const asked = queries.messengerQuery.parse(req.query);
    const found = await listMessengers(asked);
    const rows = found.items.map((one) => present.messengerRow(one, context.clock.now(), req.speak));
    res.render('library/index', listPage('messengers', { req, asked, found, rows, mayAdd: mayEdit(req) }));
  });
}
