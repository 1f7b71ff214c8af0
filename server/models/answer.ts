import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import {
  ANSWER_REFUSALS,
  ANSWER_STANDINGS,
  type Answer,
  answerIdentity,
  answerTerms,
} from '../domain/answer.ts';
import { STRATEGIES, TONES } from '../domain/message.ts';
import { bandsOf } from '../domain/near-duplicate.ts';
import { isDemo, optionalText, stringId, text, watched } from './document.ts';
import { type Comparable, comparableFields, makeComparable } from './findable.ts';

type Written = Omit<Answer, '_id' | 'identity' | 'terms' | 'refusal' | 'createdAt' | 'updatedAt'>;

/** An answer with what is derived from it; the same for one that is typed and for thousands that are imported. */
export function answerWithDerived<Given extends Written>(
  given: Given,
): Given & Pick<Answer, 'identity'> & Pick<Comparable, 'terms' | 'bands'> {
  const identity = createHash('sha256').update(answerIdentity(given)).digest('hex');
  return {
    ...given,
    identity,
    terms: answerTerms(given),
    bands: bandsOf(given.text),
  };
}

const schema = new Schema<Answer & Comparable>(
  {
    _id: stringId,
    text: { type: String, required: true },
    language: { type: String, required: true },
    narrative: optionalText,
    strategies: [{ type: String, enum: STRATEGIES }],
    tone: { type: String, enum: [...TONES, null], default: null },
    standing: { type: String, enum: ANSWER_STANDINGS, default: 'usable' },
    refusal: { type: String, enum: [...ANSWER_REFUSALS, null], default: null },
    source: { collection: text, key: text, knowledge: text },
    said: {
      type: new Schema(
        { dialogue: { type: String, required: true }, turn: { type: Number, min: 0 } },
        { _id: false },
      ),
      default: null,
    },
    ...comparableFields,
    identity: { type: String, required: true, unique: true },
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);
makeComparable(schema);
schema.index({ narrative: 1 });
schema.index({ strategies: 1 });
schema.index({ 'source.collection': 1 });
/** The order of the list; what the list can be narrowed by stands behind it, so that keys alone decide. */
schema.index({
  createdAt: -1,
  _id: -1,
  language: 1,
  tone: 1,
  standing: 1,
  narrative: 1,
  'source.collection': 1,
});

/** What is derived always follows what was written, whoever saves. */
schema.pre('validate', function deriveTheRest() {
  const { identity, terms, bands } = answerWithDerived(this.toObject());
  this.set({ identity, terms, bands });
  if (this.isModified('text')) this.set({ indexed: 0 });
});

export const Answers = model('Answer', schema, 'answers');
