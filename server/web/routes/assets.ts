import { type Request, type RequestHandler, Router } from 'express';
import { addAsset } from '../../actions/add-asset.ts';
import { deleteAsset } from '../../actions/delete-asset.ts';
import { attachToUnsaved } from '../../actions/keep-unsaved.ts';
import { reviseAsset } from '../../actions/revise-asset.ts';
import type { Context } from '../../context.ts';
import { mayDo } from '../../domain/roles.ts';
import { listAssets, readAsset, readAssetImage } from '../../queries/assets.ts';
import type { ComposedThing } from '../../queries/unsaved-draft.ts';
import { assetForm, assetWordsForm } from '../forms/assets.ts';
import { formPage } from '../forms/form-page.ts';
import { assetQuery } from '../forms/library-filters.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { assetFormPage, assetPage, assetRow } from '../presenters/assets.ts';
import { listPage } from '../presenters/list.ts';
import { currentMember, idOf, notify } from '../request.ts';
import { composerPath } from './composer.ts';

/** Only for the browser of whoever is signed in; the bytes of an image never change. */
const KEPT_BY_BROWSER = 'private, max-age=31536000, immutable';

const mayEdit = (req: Request) => mayDo(currentMember(req).roles, 'library.edit');

/** The images of the library: list, page, upload, words, deletion, and the bytes as members' pages show them. */
export function assetRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('library.edit');
  const { adding, wording } = forms(context);

  router.get(paths.assets, anyMember(), async (req, res) => {
    const asked = assetQuery.parse(req.query);
    const found = await listAssets(asked);
    const rows = found.items.map((asset) => assetRow(asset, req.speak));
    res.render('assets/index', listPage('assets', { req, asked, found, rows, mayAdd: mayEdit(req) }));
  });
  router.get(paths.newAsset, edit, adding.show);
  router.post(paths.assets, edit, adding.submit);
  router.get(paths.asset(':id'), anyMember(), async (req, res) => {
    const about = { mayEdit: mayEdit(req), speak: req.speak };
    res.render('assets/show', assetPage(await readAsset(idOf(req)), about));
  });
  router.get(paths.assetWords(':id'), edit, wording.show);
  router.post(paths.assetWords(':id'), edit, wording.submit);
  router.post(paths.assetDeletion(':id'), edit, async (req, res) => {
    await deleteAsset(context, currentMember(req), { asset: idOf(req) });
    notify(req, req.speak.t('assets.done-deleted'));
    res.redirect(303, paths.assets);
  });
  router.get(paths.assetImage(':id'), anyMember(), sending('image'));
  router.get(paths.assetThumbnail(':id'), anyMember(), sending('thumbnail'));
  return router;
}

interface Composed {
  message?: string | null | undefined;
  campaign?: string | null | undefined;
}

/** What the image is for, as the form or the address of its page says. */
function askedFor(req: Request): Composed {
  return (req.method === 'POST' ? req.body : req.query) as Composed;
}

function thingOf({ message, campaign }: Composed): ComposedThing | null {
  if (message) return { message };
  return campaign ? { campaign } : null;
}

/** The composer that waits for the image, with what was typed there. */
const waitingComposer = (about: ComposedThing) => composerPath(about, { isContinued: true });

function sending(as: 'image' | 'thumbnail'): RequestHandler {
  return async (req, res) => {
    const { bytes, mimeType } = await readAssetImage(idOf(req), as);
    res.set({
      'Content-Type': mimeType,
      'Content-Disposition': `inline; filename="${as}-${idOf(req)}.${mimeType.split('/')[1]}"`,
      'Cache-Control': KEPT_BY_BROWSER,
      'X-Content-Type-Options': 'nosniff',
    });
    res.send(bytes);
  };
}

function forms(context: Context) {
  const versionOf = (req: Request) => (req.body as { version?: string } | undefined)?.version;
  const adding = formPage({
    schema: assetForm,
    view: 'assets/edit',
    action: () => paths.assets,
    page: (req) => {
      const about = thingOf(askedFor(req));
      const composer = about && waitingComposer(about);
      return assetFormPage(
        null,
        { isRefused: req.method === 'POST', sentVersion: undefined, composer },
        req.speak,
      );
    },
    initial: ({ query: { message = '', campaign = '', variant = 0 } }) => ({
      origin: 'human',
      ...{ message, campaign, variant },
    }),
    act: async ({ message, campaign, variant = 0, ...words }, req) => {
      const upload = req.upload ?? Buffer.alloc(0);
      const { asset, isNew } = await addAsset(context, currentMember(req), { ...words, upload });
      notify(req, req.speak.t(isNew ? 'assets.done-added' : 'assets.done-known'), isNew ? 'done' : 'warning');
      const about = thingOf({ message, campaign });
      if (!about) return paths.asset(asset._id);
      await attachToUnsaved(currentMember(req), { about, variant, asset });
      return waitingComposer(about);
    },
  });
  const wording = formPage({
    schema: assetWordsForm,
    view: 'assets/edit',
    action: (req) => paths.assetWords(idOf(req)),
    page: async (req) => {
      const { asset } = await readAsset(idOf(req));
      const sentVersion = versionOf(req);
      return assetFormPage(asset, { isRefused: false, sentVersion, composer: null }, req.speak);
    },
    initial: async (req) => (await readAsset(idOf(req))).asset,
    act: async (words, req) => {
      await reviseAsset(context, currentMember(req), { ...words, asset: idOf(req) });
      notify(req, req.speak.t('assets.done-saved'));
      return paths.asset(idOf(req));
    },
  });
  return { adding, wording };
}
