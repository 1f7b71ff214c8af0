import { type Request, Router } from 'express';
import { dropUnsaved, keepUnsaved } from '../../actions/keep-unsaved.ts';
import type { Context } from '../../context.ts';
import { typedValues } from '../forms/read-form.ts';
import { allowing } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { currentMember, idOf } from '../request.ts';
import { composedThing } from './composer.ts';

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
  for (const path of [paths.newMessageUnsavedEnd, paths.messageUnsavedEnd(':id')]) {
    router.post(path, edit, async (req, res) => {
      await dropUnsaved(currentMember(req), composedThing(req));
      res.redirect(303, composerPath(req));
    });
  }
  return router;
}

function composerPath(req: Request): string {
  const about = composedThing(req);
  return 'message' in about ? paths.messageEdit(idOf(req)) : `${paths.newMessage}?campaign=${about.campaign}`;
}
