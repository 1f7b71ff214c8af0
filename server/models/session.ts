import { model, Schema } from 'mongoose';

/** A row of the session store, which connect-mongo writes; here it is only listed and deleted. */
export interface StoredSession {
  _id: string;
  expires: Date;
  session: { memberId?: string; signedInAt?: string; userAgent?: string };
}

const schema = new Schema<StoredSession>(
  { _id: String, expires: Date, session: Schema.Types.Mixed },
  { versionKey: false, autoCreate: false },
);
schema.index({ 'session.memberId': 1 });

export const Sessions = model('Session', schema, 'sessions');
