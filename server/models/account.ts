import { model, Schema } from 'mongoose';
import { ACCOUNT_STATES, type Account, HOMES } from '../domain/account.ts';
import { NETWORKS } from '../domain/network.ts';
import { isDemo, optionalDate, optionalText, stringId, text, watched } from './document.ts';

const amount = { type: Number, default: null };

const schema = new Schema<Account>(
  {
    _id: stringId,
    network: { type: String, enum: NETWORKS, required: true },
    home: { type: String, enum: HOMES, required: true },
    handle: { type: String, required: true },
    displayName: { type: String, required: true },
    remoteId: { type: String, required: true },
    timeZone: { type: String, required: true },
    state: { type: String, enum: ACCOUNT_STATES, default: 'paused' },
    stateReason: text,
    limitedUntil: optionalDate,
    limitedBy: optionalText,
    testedAt: optionalDate,
    testProblem: text,
    disclosure: {
      operatorInProfile: { type: Boolean, default: false },
      automatedLabel: { type: Boolean, default: false },
      ownerNamed: { type: Boolean, default: false },
      checkedBy: optionalText,
      checkedAt: optionalDate,
    },
    limits: {
      type: new Schema(
        { text: amount, link: amount, images: amount, imageBytes: amount, altText: amount },
        { _id: false },
      ),
      default: null,
    },
    gapMinutes: { type: Number, default: 10, min: 0 },
    quietFromHour: { type: Number, default: 22, min: 0, max: 23 },
    quietToHour: { type: Number, default: 7, min: 0, max: 23 },
    isDemo,
  },
  watched,
);
schema.index({ network: 1, home: 1, remoteId: 1 }, { unique: true });

export const Accounts = model('Account', schema, 'accounts');
