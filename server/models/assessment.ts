import { model, Schema } from 'mongoose';
import { AFFECTED_GROUPS, type Assessment, HARM_QUESTIONS, type Risk } from '../domain/assessment.ts';
import { isDemo, stringId, text } from './document.ts';

const oneToFive = { type: Number, min: 1, max: 5, required: true };

const risk = new Schema<Risk>(
  {
    question: { type: String, enum: HARM_QUESTIONS, required: true },
    affected: { type: String, enum: AFFECTED_GROUPS, required: true },
    likelihood: oneToFive,
    severity: oneToFive,
    mitigation: text,
    owner: text,
    residualLikelihood: oneToFive,
    residualSeverity: oneToFive,
  },
  { _id: false },
);

const schema = new Schema<Assessment>(
  {
    _id: stringId,
    message: { type: String, required: true },
    contentHash: { type: String, required: true },
    circumstances: text,
    risks: [risk],
    assessor: { type: String, required: true },
    isDemo,
  },
  { timestamps: { createdAt: true, updatedAt: false } },
);
schema.index({ message: 1, contentHash: 1, createdAt: -1 });

export const Assessments = model('Assessment', schema, 'assessments');
