import { model, Schema } from 'mongoose';
import { MESSENGER_KINDS, type Messenger } from '../domain/messenger.ts';
import { NETWORKS } from '../domain/network.ts';
import { isDemo, optionalDate, stringId, text, watched } from './document.ts';

const schema = new Schema<Messenger>(
  {
    _id: stringId,
    name: { type: String, required: true },
    kind: { type: String, enum: MESSENGER_KINDS, required: true },
    credibility: text,
    safety: text,
    consent: {
      scope: text,
      networks: [{ type: String, enum: NETWORKS }],
      givenOn: optionalDate,
      expiresOn: optionalDate,
      withdrawnAt: optionalDate,
    },
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

export const Messengers = model('Messenger', schema, 'messengers');
