import { model, Schema } from 'mongoose';
import { MESSENGER_KINDS, type Messenger, messengerTerms } from '../domain/messenger.ts';
import { NETWORKS } from '../domain/network.ts';
import { isDemo, optionalDate, stringId, text, watched } from './document.ts';
import { DERIVATION, type Findable, findableFields, makeFindable } from './findable.ts';

const schema = new Schema<Messenger & Findable>(
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
    ...findableFields,
    createdBy: { type: String, required: true },
    isDemo,
  },
  watched,
);

makeFindable(schema);

/** Its words always follow what was written, whoever saves. */
schema.pre('validate', function deriveTheRest() {
  this.set({ terms: messengerTerms(this.toObject()), indexed: DERIVATION });
});

export const Messengers = model('Messenger', schema, 'messengers');
