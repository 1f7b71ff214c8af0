import { model, Schema } from 'mongoose';
import { AUDIENCE_ROLES, type AudienceSegment, PREVENTION_TIERS, segmentTerms } from '../domain/audience.ts';
import { isDemo, optionalNumber, stringId, text, watched } from './document.ts';
import { DERIVATION, type Findable, findableFields, makeFindable } from './findable.ts';

const schema = new Schema<AudienceSegment & Findable>(
  {
    _id: stringId,
    name: { type: String, required: true },
    description: text,
    role: { type: String, enum: AUDIENCE_ROLES, required: true },
    tier: { type: String, enum: PREVENTION_TIERS, required: true },
    targeting: {
      countries: [String],
      languages: [String],
      ageFrom: { type: Number, default: 18, min: 18 },
      ageTo: optionalNumber,
      topics: [String],
    },
    persona: text,
    ...findableFields,
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

makeFindable(schema);

/** Its words always follow what was written, whoever saves. */
schema.pre('validate', function deriveTheRest() {
  this.set({ terms: segmentTerms(this.toObject()), indexed: DERIVATION });
});

export const AudienceSegments = model('AudienceSegment', schema, 'audienceSegments');
