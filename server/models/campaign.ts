import { model, Schema } from 'mongoose';
import {
  type Brief,
  CAMPAIGN_STATES,
  type Campaign,
  EVALUATION_TIERS,
  type Objective,
  STRATEGIC_INTENTS,
  type TheoryLine,
} from '../domain/campaign.ts';
import type { CampaignWithdrawal } from '../domain/campaign-withdrawal.ts';
import { MESSAGE_TYPES, TONES } from '../domain/message.ts';
import { isDemo, optionalDate, optionalNumber, optionalText, stringId, text, watched } from './document.ts';

const objective = new Schema<Objective>(
  {
    statement: text,
    tier: { type: String, enum: EVALUATION_TIERS, required: true },
    indicator: text,
    baseline: optionalNumber,
    target: optionalNumber,
    dueOn: optionalDate,
    source: text,
  },
  { _id: false },
);

const theoryLine = new Schema<TheoryLine>(
  { ifWe: text, thenAudience: text, because: text, assumption: text },
  { _id: false },
);

const brief = new Schema<Brief>(
  {
    problem: text,
    intent: { type: String, enum: [...STRATEGIC_INTENTS, null], default: null },
    proportionality: text,
    theoryOfChange: [theoryLine],
    secondarySegments: [String],
    messageType: { type: String, enum: [...MESSAGE_TYPES, null], default: null },
    tone: { type: String, enum: [...TONES, null], default: null },
    messengers: [String],
    media: text,
    languages: text,
    budget: text,
    legalReview: text,
    safeguarding: text,
    approvals: text,
    objectives: [objective],
    keyMessage: text,
    callToAction: text,
    service: text,
    serviceIsStaffed: { type: Boolean, default: false },
    dialoguePlan: text,
    funder: text,
    isPoliticalAdvertising: { type: Boolean, default: false },
    risks: text,
    dataProtection: text,
    exitPlan: text,
  },
  { _id: false },
);

const withdrawal = new Schema<CampaignWithdrawal>(
  {
    reason: { type: String, required: true },
    member: { type: String, required: true },
    at: { type: Date, required: true },
    endedAt: optionalDate,
  },
  { _id: false },
);

const schema = new Schema<Campaign>(
  {
    _id: stringId,
    title: { type: String, required: true },
    state: { type: String, enum: CAMPAIGN_STATES, default: 'planned' },
    startsOn: optionalDate,
    endsOn: optionalDate,
    segment: optionalText,
    narratives: [String],
    brief: { type: brief, default: () => ({}) },
    lessons: text,
    withdrawal: { type: withdrawal, default: null },
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

export const Campaigns = model('Campaign', schema, 'campaigns');
