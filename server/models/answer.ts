import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import { ANSWER_STANDINGS, type Answer, answerIdentity, answerTerms } from '../domain/answer.ts';
import { STRATEGIES, TONES } from '../domain/message.ts';
import { isDemo, optionalText, stringId, text, watched } from './document.ts';

type Written = Omit<Answer, '_id' | 'identity' | 'terms' | 'createdAt' | 'updatedAt'>;

/** An answer with what is derived from it; the same for one that is typed and for thousands that are imported. */
export function answerWithDerived<Given extends Written>(
  given: Given,
): Given & Pick<Answer, 'identity' | 'terms'> {
  const identity = createHash('sha256').update(answerIdentity(given)).digest('hex');
  return { ...given, identity, terms: answerTerms(given) };
}

const schema = new Schema<Answer>(
  {
    _id: stringId,
    text: { type: String, required: true },
    language: { type: String, required: true },
    narrative: optionalText,
    strategies: [{ type: String, enum: STRATEGIES }],
    tone: { type: String, enum: [...TONES, null], default: null },
    standing: { type: String, enum: ANSWER_STANDINGS, default: 'usable' },
    source: { collection: text, key: text, knowledge: text },
    said: {
      type: new Schema(
        { dialogue: { type: String, required: true }, turn: { type: Number, min: 0 } },
        { _id: false },
      ),
      default: null,
    },
    tags: [String],
    identity: { type: String, required: true, unique: true },
    terms: [String],
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);
schema.index({ terms: 1 });
schema.index({ narrative: 1 });
schema.index({ createdAt: -1, _id: -1 });

/** What is derived always follows what was written, whoever saves. */
schema.pre('validate', function deriveTheRest() {
  const { identity, terms } = answerWithDerived(this.toObject());
  this.set({ identity, terms });
});

export const Answers = model('Answer', schema, 'answers');
