import type { Request } from 'express';
import type { z } from 'zod';
import { addAnswer } from '../../actions/add-answer.ts';
import { addMessenger } from '../../actions/add-messenger.ts';
import { addNarrative } from '../../actions/add-narrative.ts';
import { addSegment } from '../../actions/add-segment.ts';
import { reviseAnswer } from '../../actions/revise-answer.ts';
import { reviseMessenger } from '../../actions/revise-messenger.ts';
import { reviseNarrative } from '../../actions/revise-narrative.ts';
import { reviseSegment } from '../../actions/revise-segment.ts';
import type { Context } from '../../context.ts';
import { readAnswer } from '../../queries/answers.ts';
import { readMessenger } from '../../queries/messengers.ts';
import { narrativeChoices } from '../../queries/narrative-choices.ts';
import { readNarrative } from '../../queries/narratives.ts';
import { readSegment } from '../../queries/segments.ts';
import { formPage } from '../forms/form-page.ts';
import * as forms from '../forms/library.ts';
import { paths } from '../paths.ts';
import { libraryOptions, tagSuggestions } from '../presenters/library.ts';
import { currentMember, idOf, notify } from '../request.ts';

type Noun = 'narratives' | 'answers' | 'segments' | 'messengers';
type Act = (input: never, req: Request) => Promise<string>;

const NOUNS: Record<Noun, { view: string; add: z.ZodType; revise: z.ZodType; page(id: string): string }> = {
  narratives: {
    view: 'narratives/edit',
    add: forms.narrativeForm,
    revise: forms.narrativeEditForm,
    page: paths.narrative,
  },
  answers: {
    view: 'answers/edit',
    add: forms.answerForm,
    revise: forms.answerEditForm,
    page: paths.answer,
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

/** What a blank form begins with. */
const BLANK: Record<Noun, (req: Request) => object> = {
  narratives: () => ({}),
  answers: (req) => ({
    language: req.speak.language,
    standing: 'usable',
    narrative: typeof req.query.narrative === 'string' ? req.query.narrative : '',
  }),
  segments: () => ({ targeting: { ageFrom: 18 } }),
  messengers: () => ({}),
};

/** What an answer can answer: what it answers now, what was asked for, then the most severe. */
async function narrativesFor(noun: Noun, req: Request, stored: string | null) {
  if (noun !== 'answers') return [];
  const { narrative: typed } = (req.body ?? {}) as { narrative?: unknown };
  const asked = [stored, req.query.narrative, typed].filter((id) => typeof id === 'string');
  const choices = await narrativeChoices(asked);
  return choices.map(({ _id, claim }) => ({ value: _id, label: claim }));
}

/** The form of a noun, once to add and once to revise; what is stored is read anew each time it is shown. */
export function libraryForms(context: Context, noun: Noun) {
  const { view, add, revise, page } = NOUNS[noun];
  const acts = actsOf(context)[noun];
  const title = (req: Request, key: 'new' | 'edit') => req.speak.t(`library.${key}-${noun}`);
  return {
    add: formPage({
      schema: add,
      view,
      action: () => paths[noun],
      page: async (req) => ({
        title: title(req, 'new'),
        version: null,
        cancel: paths[noun],
        changed: false,
        options: libraryOptions(req.speak),
        tagSuggestions,
        narratives: await narrativesFor(noun, req, null),
      }),
      initial: (req) => BLANK[noun](req),
      act: (input, req) => (acts.add as Act)(input as never, req),
    }),
    revise: formPage({
      schema: revise,
      view,
      action: (req) => page(idOf(req)),
      page: async (req) => {
        const { version, ...stored } = await acts.read(idOf(req));
        const sent = (req.body as { version?: string } | undefined)?.version;
        return {
          title: title(req, 'edit'),
          version,
          cancel: page(idOf(req)),
          changed: sent !== undefined && Number(sent) !== version,
          options: libraryOptions(req.speak),
          tagSuggestions,
          narratives: await narrativesFor(noun, req, 'narrative' in stored ? stored.narrative : null),
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
  const sayAlike = (req: Request, noun: 'answer' | 'narrative', alike: readonly { _id: string }[]) => {
    const [first] = alike;
    if (!first) return;
    const text = req.speak.t(`duplicates.alike-${noun}`, { count: alike.length });
    const path = noun === 'answer' ? paths.answer(first._id) : paths.narrative(first._id);
    notify(req, text, 'warning', { path, text: req.speak.t('duplicates.look-at-it') });
  };
  return {
    narratives: {
      read: async (id: string) => (await readNarrative(id)).narrative,
      add: async (input: z.output<typeof forms.narrativeForm>, req: Request) => {
        const { narrative, rewritten, alike } = await addNarrative(context, currentMember(req), input);
        sayRewritten(req, rewritten);
        sayAlike(req, 'narrative', alike);
        return paths.narrative(narrative._id);
      },
      revise: async (input: z.output<typeof forms.narrativeEditForm>, req: Request) => {
        const { rewritten, alike } = await reviseNarrative(context, currentMember(req), {
          ...input,
          narrative: idOf(req),
        });
        sayRewritten(req, rewritten);
        sayAlike(req, 'narrative', alike);
        return paths.narrative(idOf(req));
      },
    },
    answers: {
      read: async (id: string) => (await readAnswer(id)).answer,
      add: async (input: z.output<typeof forms.answerForm>, req: Request) => {
        const { answer, alike } = await addAnswer(context, currentMember(req), input);
        sayAlike(req, 'answer', alike);
        return paths.answer(answer._id);
      },
      revise: async (input: z.output<typeof forms.answerEditForm>, req: Request) => {
        const { alike } = await reviseAnswer(context, currentMember(req), { ...input, answer: idOf(req) });
        sayAlike(req, 'answer', alike);
        return paths.answer(idOf(req));
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

/** Lists that are typed as text: codes, groups and tags apart by commas, topics one a line. */
function typedForm(stored: object): object {
  const { tags = [], targets = [], targeting, ...rest } = stored as Record<string, unknown>;
  const joined = { tags: (tags as string[]).join(', '), targets: (targets as string[]).join(', ') };
  if (!targeting) return { ...rest, ...joined };
  const { countries, languages, topics, ...ages } = targeting as Record<string, string[]>;
  const typed = {
    ...ages,
    countries: countries?.join(', '),
    languages: languages?.join(', '),
    topics: topics?.join('\n'),
  };
  return { ...rest, ...joined, targeting: typed };
}
