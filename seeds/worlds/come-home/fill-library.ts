import { addAnswer } from '../../../server/actions/add-answer.ts';
import { addAsset } from '../../../server/actions/add-asset.ts';
import { addMessenger } from '../../../server/actions/add-messenger.ts';
import { addNarrative } from '../../../server/actions/add-narrative.ts';
import { addSegment } from '../../../server/actions/add-segment.ts';
import type { Context } from '../../../server/context.ts';
import type { Cast } from '../../load-cast.ts';
import { type DemoAnswer, WINDOW } from './answers.ts';
import { MESSENGERS, NARRATIVES, SEGMENTS } from './library.ts';
import { paintWindow } from './paint-window.ts';
import { STARTING_POINTS } from './starting-points.ts';

const YEAR = 365 * 24 * 60 * 60_000;

/** Ids of what stands in the library, by the names the demo world uses. */
export interface Library {
  narratives: Record<DemoAnswer['narrative'], string>;
  segments: Record<DemoAnswer['segment'], string>;
  messengers: Record<DemoAnswer['messenger'], string>;
  /** Id of the picture of the lit window. */
  window: string;
}

/** Fills the library with narratives, answers to them, segments, and messengers who consented on the first day, for a year. */
export async function fillLibrary(context: Context, { drafter }: Cast, firstDay: Date): Promise<Library> {
  const narratives = await idsOf(NARRATIVES, async (fields) => {
    const { narrative } = await addNarrative(context, drafter, { ...fields, isDemo: true });
    return narrative;
  });
  for (const { narrative, knowledge, ...fields } of STARTING_POINTS) {
    await addAnswer(context, drafter, {
      ...fields,
      narrative: narratives[narrative],
      source: { collection: 'Open Door conversations (fictional)', key: '', knowledge },
      isDemo: true,
    });
  }
  const segments = await idsOf(SEGMENTS, (fields) =>
    addSegment(context, drafter, { ...fields, isDemo: true }),
  );
  const messengers = await idsOf(MESSENGERS, ({ scope, ...fields }) =>
    addMessenger(context, drafter, {
      ...fields,
      isDemo: true,
      consent: {
        scope,
        networks: ['x'],
        givenOn: new Date(firstDay.getTime() - 7 * 24 * 60 * 60_000),
        expiresOn: new Date(firstDay.getTime() + YEAR),
      },
    }),
  );
  const { asset } = await addAsset(context, drafter, {
    upload: await paintWindow(),
    altText: WINDOW.en,
    origin: 'human',
    credit: 'Painted for this demo world',
    quotesExtremists: false,
    purpose: '',
    isDemo: true,
  });
  return { narratives, segments, messengers, window: asset._id };
}

async function idsOf<Key extends string, Fields>(
  entries: Record<Key, Fields>,
  add: (fields: Fields) => Promise<{ _id: string }>,
): Promise<Record<Key, string>> {
  const ids: Partial<Record<Key, string>> = {};
  for (const key of Object.keys(entries) as Key[]) {
    const { _id } = await add(entries[key]);
    ids[key] = _id;
  }
  return ids as Record<Key, string>;
}
