import { type Request, type Response, Router } from 'express';
import { cancelImport } from '../../actions/cancel-import.ts';
import { checkImport } from '../../actions/check-import.ts';
import { rereadImport } from '../../actions/reread-import.ts';
import { startImport } from '../../actions/start-import.ts';
import { undoImport } from '../../actions/undo-import.ts';
import { uploadImport } from '../../actions/upload-import.ts';
import type { Context } from '../../context.ts';
import { OWN_COLUMNS } from '../../domain/import/fields.ts';
import { isWorking } from '../../domain/import.ts';
import { mayDo } from '../../domain/roles.ts';
import { RuleViolation } from '../../domain/rule-violation.ts';
import { findImport, importIssues, listImports, readImport } from '../../queries/imports.ts';
import { writeCsv } from '../csv.ts';
import { formPage } from '../forms/form-page.ts';
import { blankForm } from '../forms/form-view.ts';
import { encodingForm, mappingForm, uploadForm } from '../forms/imports.ts';
import { pageQuery } from '../forms/library-filters.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import * as present from '../presenters/imports.ts';
import { currentMember, idOf } from '../request.ts';

const mayEdit = (req: Request) => mayDo(currentMember(req).roles, 'library.edit');

/** Files on their way into the library: brought, looked at, checked, imported, undone. */
export function importRoutes(context: Context): Router {
  const router = Router();
  const edit = allowing('library.edit');
  router.get(paths.imports, anyMember(), async (req, res) => {
    const listed = await listImports(pageQuery.parse(req.query).page);
    res.render('imports/index', present.importsPage(listed, { mayAdd: mayEdit(req), speak: req.speak }));
  });
  const upload = uploadPage(context);
  router.get(paths.newImport, edit, upload.show);
  router.post(paths.imports, edit, upload.submit);
  router.get(paths.importTemplate, anyMember(), (req, res) => {
    const rows = [OWN_COLUMNS, present.templateRow(req.speak)];
    res.attachment('rejoinder-answers.csv').type('text/csv').send(writeCsv(rows));
  });

  const mapping = mappingPage(context);
  const encoding = encodingPage(context);
  router.get(paths.import(':id'), anyMember(), mapping.show);
  router.post(paths.importMapping(':id'), edit, mapping.submit);
  router.post(paths.importEncoding(':id'), edit, encoding.submit);
  router.get(paths.importProgress(':id'), anyMember(), showProgress);
  router.get(paths.importIssues(':id'), anyMember(), async (req, res) => {
    const item = await findImport(idOf(req));
    const rows = present.issueRows(await importIssues(item), req.speak);
    res.attachment(`import-${item._id}-rows.csv`).type('text/csv').send(writeCsv(rows));
  });
  const steps = [
    [paths.importStart, startImport],
    [paths.importCancellation, cancelImport],
    [paths.importUndoing, undoImport],
  ] as const;
  for (const [path, act] of steps) {
    router.post(path(':id'), edit, async (req, res) => {
      await act(context, currentMember(req), { import: idOf(req) });
      res.redirect(303, paths.import(idOf(req)));
    });
  }
  return router;
}

function uploadPage(context: Context) {
  return formPage({
    schema: uploadForm,
    view: 'imports/new',
    action: () => paths.imports,
    page: (req) => present.newImportPage(req.speak),
    async act(_input, req) {
      if (!req.incoming) throw new RuleViolation('import-file-needed', 'Choose a file.', { field: 'file' });
      const { _id } = await uploadImport(context, currentMember(req), req.incoming);
      return paths.import(_id);
    },
  });
}

/** The page has two forms; whichever was not sent is shown as it stands. */
async function showPage(req: Request) {
  const shown = await readImport(idOf(req));
  const { settings, encoding } = shown.item;
  return {
    ...present.importPage(shown, { mayEdit: mayEdit(req), speak: req.speak }),
    form: blankForm(paths.importMapping(idOf(req)), settings),
    encodingForm: blankForm(paths.importEncoding(idOf(req)), { encoding }),
  };
}

function mappingPage(context: Context) {
  return formPage({
    schema: mappingForm,
    view: 'imports/show',
    action: (req) => paths.importMapping(idOf(req)),
    page: showPage,
    initial: async (req) => (await findImport(idOf(req))).settings,
    async act(settings, req) {
      await checkImport(context, currentMember(req), { import: idOf(req), settings });
      return paths.import(idOf(req));
    },
  });
}

/** A file that cannot be read so is shown as it was read before, with the reason. */
function encodingPage(context: Context) {
  return formPage({
    schema: encodingForm,
    view: 'imports/show',
    as: 'encodingForm',
    action: (req) => paths.importEncoding(idOf(req)),
    page: showPage,
    async act({ encoding }, req) {
      await rereadImport(context, currentMember(req), { import: idOf(req), encoding });
      return paths.import(idOf(req));
    },
  });
}

/** Asked again and again while an import is worked on; once it is not, the whole page is another. */
async function showProgress(req: Request, res: Response): Promise<void> {
  const item = await findImport(idOf(req));
  if (!isWorking(item.state)) res.set('HX-Refresh', 'true');
  res.render('imports/progress', { ...present.progressOf(item, req.speak), layout: false });
}
