import { model, Schema } from 'mongoose';
import { NETWORKS, type Network } from '../domain/network.ts';
import { stringId } from './document.ts';

/** A connect flow between leaving for the network's page and coming back: good for one return, for a short time. */
export interface Connection {
  _id: string;
  /** SHA-256 of the state that the network hands back. */
  stateHash: string;
  network: Network;
  member: string;
  timeZone: string;
  returnTo: string;
  /** Application keys and the verifier, sealed under this record's id. */
  sealed: { keyId: string; sealedKey: string; fields: Record<string, string> };
  expiresAt: Date;
}

const schema = new Schema<Connection>({
  _id: stringId,
  stateHash: { type: String, required: true, unique: true },
  network: { type: String, enum: NETWORKS, required: true },
  member: { type: String, required: true },
  timeZone: { type: String, required: true },
  returnTo: { type: String, required: true },
  sealed: { type: Schema.Types.Mixed, required: true },
  expiresAt: { type: Date, required: true, index: true },
});

export const Connections = model('Connection', schema, 'connections');
