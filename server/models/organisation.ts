import { model, Schema } from 'mongoose';
import { text } from './document.ts';

/** The one organisation of this installation. */
export interface Organisation {
  _id: 'organisation';
  name: string;
  /** Public line that says who pays. */
  funderLine: string;
  contact: string;
  /** Host names of the Mastodon servers that accounts may be connected on. */
  instances: string[];
}

const schema = new Schema<Organisation>(
  {
    _id: { type: String, default: 'organisation' },
    name: { type: String, required: true },
    funderLine: text,
    contact: text,
    instances: { type: [String], default: [] },
  },
  { timestamps: true },
);

export const Organisations = model('Organisation', schema, 'organisation');
