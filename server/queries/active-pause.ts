import { type CrisisPause, CrisisPauses } from '../models/crisis-pause.ts';

/** The crisis pause that is in force, with whoever started it; null when there is none. */
export async function activePause(): Promise<CrisisPause | null> {
  return CrisisPauses.findOne({ endedAt: null }).lean<CrisisPause>();
}
