import { createHash } from 'node:crypto';
import { model, Schema } from 'mongoose';
import { APPEALS, type Narrative, narrativeIdentity, narrativeTerms } from '../domain/narrative.ts';
import { bandsOf } from '../domain/near-duplicate.ts';
import { isDemo, stringId, text, watched } from './document.ts';
import { type Comparable, comparableFields, makeComparable } from './findable.ts';

type Written = Omit<Narrative, '_id' | 'identity' | 'terms' | 'createdAt' | 'updatedAt'>;

/** A narrative with what is derived from it; the same for one that is typed and for thousands that are imported. */
export function narrativeWithDerived<Given extends Written>(
  given: Given,
): Given & Pick<Narrative, 'identity'> & Pick<Comparable, 'terms' | 'bands'> {
  const identity = createHash('sha256').update(narrativeIdentity(given)).digest('hex');
  return {
    ...given,
    identity,
    terms: narrativeTerms(given),
    bands: bandsOf(given.claim),
  };
}

const schema = new Schema<Narrative & Comparable>(
  {
    _id: stringId,
    claim: { type: String, required: true },
    appeals: [{ type: String, enum: APPEALS }],
    circulation: text,
    severity: { type: Number, min: 1, max: 5, required: true },
    grievance: text,
    targets: [String],
    ...comparableFields,
    identity: text,
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

makeComparable(schema);
schema.index({ identity: 1 });
schema.index({ severity: -1, createdAt: -1, _id: -1 });

/** What is derived always follows what was written, whoever saves. */
schema.pre('validate', function deriveTheRest() {
  const { identity, terms, bands } = narrativeWithDerived(this.toObject());
  this.set({ identity, terms, bands });
  if (this.isModified('claim')) this.set({ indexed: 0 });
});

export const Narratives = model('Narrative', schema, 'narratives');
