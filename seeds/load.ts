import type { Context } from '../server/context.ts';
import { Conflict } from '../server/errors.ts';
import { Organisations } from '../server/models/organisation.ts';
import { hasDemoWorld } from '../server/queries/has-demo-world.ts';
import { loadCast } from './load-cast.ts';
import { openStage } from './stage.ts';
import { buildComeHome } from './worlds/come-home/index.ts';

/** Worlds by the name they are asked for with. */
export const WORLDS = { 'come-home': buildComeHome } as const;
export type WorldName = keyof typeof WORLDS;

export interface LoadedWorld {
  /** How the fictional staff signs in; shown once. */
  password: string;
}

let loading = false;

/**
 * Builds a demo world around the present, by calling the same actions that people call.
 * Throws Conflict when one is there or on its way, and when this installation publishes to real networks.
 */
export async function loadDemoWorld(context: Context, name: WorldName = 'come-home'): Promise<LoadedWorld> {
  if (loading || (await hasDemoWorld())) throw new Conflict('A demo world is there already.');
  loading = true;
  try {
    return await load(context, name);
  } finally {
    loading = false;
  }
}

async function load(context: Context, name: WorldName): Promise<LoadedWorld> {
  const now = context.clock.now();
  const stage = openStage(context, now);
  await Organisations.findByIdAndUpdate(
    'organisation',
    {
      $setOnInsert: {
        name: 'Open Door Collective (fictional)',
        funderLine: 'Paid by its members and a city grant (fictional)',
        contact: 'office@opendoor.example',
      },
    },
    { upsert: true },
  );
  const { cast, password } = await loadCast(stage.context);
  try {
    await WORLDS[name](stage, cast, now);
  } finally {
    await stage.leave();
  }
  return { password };
}
