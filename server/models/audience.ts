import { model, Schema } from 'mongoose';
import { AUDIENCE_ROLES, type AudienceSegment, PREVENTION_TIERS } from '../domain/audience.ts';
import { isDemo, optionalNumber, stringId, text, watched } from './document.ts';

const schema = new Schema<AudienceSegment>(
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
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

export const AudienceSegments = model('AudienceSegment', schema, 'audienceSegments');
