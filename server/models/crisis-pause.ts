import { model, Schema } from 'mongoose';
import { optionalDate, optionalText, stringId } from './document.ts';

/** While one of these has no end, nothing leaves. */
export interface CrisisPause {
  _id: string;
  reason: string;
  startedBy: string;
  startedAt: Date;
  endedBy: string | null;
  endedAt: Date | null;
}

const schema = new Schema<CrisisPause>({
  _id: stringId,
  reason: { type: String, required: true },
  startedBy: { type: String, required: true },
  startedAt: { type: Date, required: true },
  endedBy: optionalText,
  endedAt: optionalDate,
});
schema.index({ endedAt: 1 }, { unique: true, partialFilterExpression: { endedAt: null } });

export const CrisisPauses = model('CrisisPause', schema, 'crisisPauses');
