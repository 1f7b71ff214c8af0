import { model, Schema } from 'mongoose';
import { APPEALS, type Narrative } from '../domain/narrative.ts';
import { isDemo, stringId, text, watched } from './document.ts';

const schema = new Schema<Narrative>(
  {
    _id: stringId,
    claim: { type: String, required: true },
    appeals: [{ type: String, enum: APPEALS }],
    circulation: text,
    severity: { type: Number, min: 1, max: 5, required: true },
    grievance: text,
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

export const Narratives = model('Narrative', schema, 'narratives');
