import { type Request, Router } from 'express';
import { z } from 'zod';
import { keepApart } from '../../actions/keep-apart.ts';
import { mergeAnswers } from '../../actions/merge-answers.ts';
import { mergeNarratives } from '../../actions/merge-narratives.ts';
import type { Context } from '../../context.ts';
import { mayDo } from '../../domain/roles.ts';
import { duplicateGroups, refusedByMerge } from '../../queries/duplicate-groups.ts';
import { choice, ids, ticked } from '../forms/fields.ts';
import { formPage } from '../forms/form-page.ts';
import { readForm } from '../forms/read-form.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { duplicatesPage, NOUNS, twinsPanel } from '../presenters/duplicates.ts';
import { currentMember, idOf, notify } from '../request.ts';

const MOST_PAIRS = 400;
const noun = choice(NOUNS);
const duplicatesQuery = z.object({ noun: noun.catch('answer') });
const pair = z.string().regex(/^[0-9a-f]{24}:[0-9a-f]{24}$/, { error: 'app.wrong.not-in-list' });
const keepingForm = z.strictObject({
  noun,
  pairs: z.preprocess((sent) => [sent].flat(), z.array(pair).min(1).max(MOST_PAIRS)),
});
const mergerForm = z.strictObject({ others: ids({ min: 1 }), keepsRefused: ticked() });

/** Entries of the library that are much alike: merged into one, or kept. */
export function duplicateRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('library.edit');
  const pageOf = async (which: (typeof NOUNS)[number], req: Request) => {
    const about = { mayEdit: mayDo(currentMember(req).roles, 'library.edit'), speak: req.speak };
    return duplicatesPage(which, await duplicateGroups(which), about);
  };
  /** Shown when a merge was refused: what would become of answers that differ in standing. */
  const twinsOf = async (which: (typeof NOUNS)[number], req: Request) => {
    const read = readForm(mergerForm, req.body, req.speak);
    if (which === 'answer' || !('input' in read)) return {};
    const [into, { others }] = [idOf(req), read.input];
    return { twins: twinsPanel(await refusedByMerge(into, others), { into, others, speak: req.speak }) };
  };
  const merger = (which: (typeof NOUNS)[number]) =>
    formPage({
      schema: mergerForm,
      view: 'duplicates/index',
      action: () => paths.duplicates,
      page: async (req) => ({ ...(await pageOf(which, req)), ...(await twinsOf(which, req)) }),
      act: async ({ others, keepsRefused }, req) => {
        const merge = which === 'answer' ? mergeAnswers : mergeNarratives;
        const { _id } = await merge(context, currentMember(req), { into: idOf(req), others, keepsRefused });
        notify(req, req.speak.t('duplicates.merged', { count: others.length }));
        return which === 'answer' ? paths.answer(_id) : paths.narrative(_id);
      },
    }).submit;
  const keeping = formPage({
    schema: keepingForm,
    view: 'duplicates/index',
    action: () => paths.duplicates,
    page: (req) => pageOf(duplicatesQuery.parse(req.body ?? {}).noun, req),
    act: async ({ noun: which, pairs }, req) => {
      await keepApart(context, currentMember(req), { pairs });
      notify(req, req.speak.t('duplicates.kept'));
      return `${paths.duplicates}?noun=${which}`;
    },
  });
  router.get(paths.duplicates, anyMember(), async (req, res) => {
    const page = await pageOf(duplicatesQuery.parse(req.query).noun, req);
    res.render('duplicates/index', { ...page, form: { errors: [] } });
  });
  router.post(paths.duplicatesKeeping, edit, keeping.submit);
  router.post(paths.answerMerger(':id'), edit, merger('answer'));
  router.post(paths.narrativeMerger(':id'), edit, merger('narrative'));
  return router;
}
