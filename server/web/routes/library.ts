import { type Request, Router } from 'express';
import type { z } from 'zod';
import { addMessenger } from '../../actions/add-messenger.ts';
import { addNarrative } from '../../actions/add-narrative.ts';
import { addSegment } from '../../actions/add-segment.ts';
import { reviseMessenger } from '../../actions/revise-messenger.ts';
import { reviseNarrative } from '../../actions/revise-narrative.ts';
import { reviseSegment } from '../../actions/revise-segment.ts';
import { withdrawConsent } from '../../actions/withdraw-consent.ts';
import type { Context } from '../../context.ts';
import { mayDo } from '../../domain/roles.ts';
import { listMessengers, readMessenger } from '../../queries/messengers.ts';
import { listNarratives, readNarrative } from '../../queries/narratives.ts';
import { listSegments, readSegment } from '../../queries/segments.ts';
import { formPage } from '../forms/form-page.ts';
import * as forms from '../forms/library.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import * as present from '../presenters/library.ts';
import { listPage } from '../presenters/list.ts';
import { currentMember, idOf, notify } from '../request.ts';

const mayEdit = (req: Request) => mayDo(currentMember(req).roles, 'library.edit');

/** Narratives, audience segments and messengers: lists, pages and forms. */
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
  const filterOf = (req: Request) => forms.listQuery.parse(req.query);
  router.get(paths.narratives, anyMember(), async (req, res) => {
    const found = await listNarratives({ ...filterOf(req), appeal: null, severity: null });
    const rows = found.items.map((one) => present.narrativeRow(one, req.speak));
    res.render('library/index', listPage('narratives', { req, found, rows, mayAdd: mayEdit(req) }));
  });
  router.get(paths.segments, anyMember(), async (req, res) => {
    const found = await listSegments({ ...filterOf(req), role: null, tier: null });
    const rows = found.items.map((one) => present.segmentRow(one, req.speak));
    res.render('library/index', listPage('segments', { req, found, rows, mayAdd: mayEdit(req) }));
  });
  router.get(paths.messengers, anyMember(), async (req, res) => {
    const found = await listMessengers({ ...filterOf(req), kind: null });
    const rows = found.items.map((one) => present.messengerRow(one, context.clock.now(), req.speak));
    res.render('library/index', listPage('messengers', { req, found, rows, mayAdd: mayEdit(req) }));
  });
}

type Noun = 'narratives' | 'segments' | 'messengers';
type Act = (input: never, req: Request) => Promise<string>;

const NOUNS: Record<Noun, { view: string; add: z.ZodType; revise: z.ZodType; page(id: string): string }> = {
  narratives: {
    view: 'narratives/edit',
    add: forms.narrativeForm,
    revise: forms.narrativeEditForm,
    page: paths.narrative,
  },
  segments: {
    view: 'audiences/edit',
    add: forms.segmentForm,
    revise: forms.segmentEditForm,
    page: paths.segment,
  },
  messengers: {
    view: 'messengers/edit',
    add: forms.messengerForm,
    revise: forms.messengerEditForm,
    page: paths.messenger,
  },
};

/** The form of a noun, once to add and once to revise; what is stored is read anew each time it is shown. */
function libraryForms(context: Context, noun: Noun) {
  const { view, add, revise, page } = NOUNS[noun];
  const acts = actsOf(context)[noun];
  const title = (req: Request, key: 'new' | 'edit') => req.speak.t(`library.${key}-${noun}`);
  return {
    add: formPage({
      schema: add,
      view,
      action: () => paths[noun],
      page: (req) => ({
        title: title(req, 'new'),
        version: null,
        cancel: paths[noun],
        changed: false,
        options: present.libraryOptions(req.speak),
      }),
      initial: () => ({ targeting: { ageFrom: 18 } }),
      act: (input, req) => (acts.add as Act)(input as never, req),
    }),
    revise: formPage({
      schema: revise,
      view,
      action: (req) => page(idOf(req)),
      page: async (req) => {
        const { version } = await acts.read(idOf(req));
        const sent = (req.body as { version?: string } | undefined)?.version;
        return {
          title: title(req, 'edit'),
          version,
          cancel: page(idOf(req)),
          changed: sent !== undefined && Number(sent) !== version,
          options: present.libraryOptions(req.speak),
        };
      },
      initial: async (req) => typedForm(await acts.read(idOf(req))),
      act: (input, req) => (acts.revise as Act)(input as never, req),
    }),
  };
}

function actsOf(context: Context) {
  const sayRewritten = (req: Request, rewritten: number) => {
    if (rewritten > 0) notify(req, req.speak.t('narratives.rewritten', { count: rewritten }), 'warning');
  };
  return {
    narratives: {
      read: async (id: string) => (await readNarrative(id)).narrative,
      add: async (input: z.output<typeof forms.narrativeForm>, req: Request) => {
        const { narrative, rewritten } = await addNarrative(context, currentMember(req), input);
        sayRewritten(req, rewritten);
        return paths.narrative(narrative._id);
      },
      revise: async (input: z.output<typeof forms.narrativeEditForm>, req: Request) => {
        const { rewritten } = await reviseNarrative(context, currentMember(req), {
          ...input,
          narrative: idOf(req),
        });
        sayRewritten(req, rewritten);
        return paths.narrative(idOf(req));
      },
    },
    segments: {
      read: readSegment,
      add: async (input: z.output<typeof forms.segmentForm>, req: Request) =>
        paths.segment((await addSegment(context, currentMember(req), input))._id),
      revise: async (input: z.output<typeof forms.segmentEditForm>, req: Request) =>
        paths.segment(
          (await reviseSegment(context, currentMember(req), { ...input, segment: idOf(req) }))._id,
        ),
    },
    messengers: {
      read: async (id: string) => (await readMessenger(id)).messenger,
      add: async (input: z.output<typeof forms.messengerForm>, req: Request) =>
        paths.messenger((await addMessenger(context, currentMember(req), input))._id),
      revise: async (input: z.output<typeof forms.messengerEditForm>, req: Request) =>
        paths.messenger(
          (await reviseMessenger(context, currentMember(req), { ...input, messenger: idOf(req) }))._id,
        ),
    },
  };
}

/** Lists that are typed as text: codes apart by commas, topics one a line. */
function typedForm(stored: object): object {
  if (!('targeting' in stored)) return stored;
  const { countries, languages, topics, ...rest } = stored.targeting as Record<string, string[]>;
  const targeting = {
    ...rest,
    countries: countries?.join(', '),
    languages: languages?.join(', '),
    topics: topics?.join('\n'),
  };
  return { ...stored, targeting };
}
