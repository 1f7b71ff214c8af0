import { model, Schema } from 'mongoose';
import { optionalDate, stringId } from './document.ts';

/** One life of one process that may send; how a later one proves that this one is dead. */
export interface Incarnation {
  _id: string;
  host: string;
  bootId: string;
  pid: number;
  /** Ticks since boot as the kernel counts them; with pid and bootId it names one process for ever. */
  processStart: string;
  startedAt: Date;
  endedAt: Date | null;
}

const schema = new Schema<Incarnation>({
  _id: stringId,
  host: { type: String, required: true },
  bootId: { type: String, required: true },
  pid: { type: Number, required: true },
  processStart: { type: String, required: true },
  startedAt: { type: Date, required: true },
  endedAt: optionalDate,
});
schema.index({ endedAt: 1 });

export const Incarnations = model('Incarnation', schema, 'incarnations');
