import { Router } from 'express';
import { dropUnsaved, keepUnsaved } from '../../actions/keep-unsaved.ts';
import type { Context } from '../../context.ts';
import { typedValues } from '../forms/read-form.ts';
import { readStep } from '../forms/variant-steps.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { currentMember } from '../request.ts';
import { composedThing, composerPath } from './composer.ts';

/** What a composer keeps while somebody types, and throwing it away. */
export function unsavedDraftRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('messages.edit');
  for (const path of [paths.newMessageUnsaved, paths.messageUnsaved(':id')]) {
    router.post(path, edit, async (req, res) => {
      const fields = typedValues(req.body);
      const at = await keepUnsaved(context, currentMember(req), { about: composedThing(req), fields });
      res.type('text').send(req.speak.t('messages.kept-at', { at: req.speak.time(at) }));
    });
  }
  for (const path of [paths.newMessageUpload, paths.messageUpload(':id')]) {
    router.post(path, edit, async (req, res) => {
      const fields = typedValues(req.body);
      const about = composedThing(req);
      await keepUnsaved(context, currentMember(req), { about, fields });
      const { variant } = readStep(String((req.body as { step?: unknown }).step));
      res.redirect(
        303,
        `${paths.newAsset}?${new URLSearchParams({ ...about, variant: String(variant || 0) })}`,
      );
    });
  }
  for (const path of [paths.newMessageUnsavedEnd, paths.messageUnsavedEnd(':id')]) {
    router.post(path, edit, async (req, res) => {
      await dropUnsaved(currentMember(req), composedThing(req));
      res.redirect(303, composerPath(composedThing(req)));
    });
  }
  return router;
}
