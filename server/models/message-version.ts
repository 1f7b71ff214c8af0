import { model, Schema } from 'mongoose';
import { approvalSubject, type Message } from '../domain/message.ts';
import { isDemo, stringId } from './document.ts';

/** What a message said after somebody saved it. Never changed afterwards. */
export interface MessageVersion {
  _id: string;
  message: string;
  /** Counted from 1. */
  number: number;
  title: string;
  /** The content as an approval would be bound to it: see approvalSubject. */
  subject: string;
  contentHash: string;
  editor: string;
  isDemo: boolean;
  createdAt: Date;
}

const schema = new Schema<MessageVersion>({
  _id: stringId,
  message: { type: String, required: true },
  number: { type: Number, required: true },
  title: { type: String, required: true },
  subject: { type: String, required: true },
  contentHash: { type: String, required: true },
  editor: { type: String, required: true },
  isDemo,
  createdAt: { type: Date, required: true },
});
schema.index({ message: 1, number: 1 }, { unique: true });

export const MessageVersions = model('MessageVersion', schema, 'messageVersions');

/**
 * Keeps what a message says now, unless the version before says the same. The caller has just saved the message
 * under its own compare-and-set, so versions of one message come one after the other.
 */
export async function keepVersion(
  message: Message,
  { editor, at }: { editor: string; at: Date },
): Promise<void> {
  const last = await MessageVersions.findOne({ message: message._id }).sort({ number: -1 }).lean();
  const { title, contentHash, isDemo } = message;
  if (last?.contentHash === contentHash && last.title === title) return;
  const number = (last?.number ?? 0) + 1;
  const subject = approvalSubject(message);
  await MessageVersions.create({
    message: message._id,
    number,
    title,
    subject,
    contentHash,
    editor,
    isDemo,
    createdAt: at,
  });
}
