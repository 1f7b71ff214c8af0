import { model, Schema } from 'mongoose';

/** Who may do something that only one may do at a time. A turn that is over belongs to nobody. */
interface Turn {
  /** What it is about, e.g. an account on whose calendar something is placed. */
  _id: string;
  holder: string;
  until: Date;
}

const schema = new Schema<Turn>({
  _id: String,
  holder: { type: String, required: true },
  until: { type: Date, required: true, expires: 0 },
});

export const Turns = model('Turn', schema, 'turns');
