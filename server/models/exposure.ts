import { model, Schema } from 'mongoose';

/**
 * What members opened from behind veils: how much, never what. No document names a member, a day or a thing: ids are
 * keyed hashes, so that only the program, asked by that member, finds them again (domain rule 9).
 */
interface ExposureDay {
  _id: string;
  count: number;
  /** By the database's own clock. */
  expiresAt: Date;
}

/** That a member opened one thing lately; gone when opening it counts anew. */
interface OpenedThing {
  _id: string;
  at: Date;
  /** By the database's own clock. */
  expiresAt: Date;
}

/** After how many openings a member wants to be asked; there is none while they never chose. */
interface ExposureCap {
  _id: string;
  cap: number | null;
}

const KEPT_MS = { day: 30 * 24 * 60 * 60_000, thing: 60 * 60_000 } as const;

const expiresAt = { type: Date, required: true, expires: 0 };

export const ExposureDays = model(
  'ExposureDay',
  new Schema<ExposureDay>({ _id: String, count: { type: Number, required: true }, expiresAt }),
  'exposure-days',
);

export const OpenedThings = model(
  'OpenedThing',
  new Schema<OpenedThing>({ _id: String, at: { type: Date, required: true }, expiresAt }),
  'opened-things',
);

export const ExposureCaps = model(
  'ExposureCap',
  new Schema<ExposureCap>({ _id: String, cap: { type: Number, default: null } }),
  'exposure-caps',
);

/** When something that is kept now is kept no longer. */
export function exposureKeptUntil(what: keyof typeof KEPT_MS): Date {
  return new Date(Date.now() + KEPT_MS[what]);
}

/** The ids of one member's documents, under the key of this installation. */
export function exposureIds({ mac }: { mac(text: string): string }, member: string) {
  return {
    day: (day: string) => mac(`exposure of ${member} on ${day}`),
    thing: (thing: string) => mac(`exposure of ${member} to ${thing}`),
    cap: mac(`exposure cap of ${member}`),
  };
}
