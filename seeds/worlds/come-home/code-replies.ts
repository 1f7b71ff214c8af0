import { codeReply } from '../../../server/actions/code-reply.ts';
import type { Context } from '../../../server/context.ts';
import type { Member } from '../../../server/domain/member.ts';
import type { ReplyCode } from '../../../server/domain/reply.ts';
import { Replies } from '../../../server/models/reply.ts';
import ar from '../../../server/rehearsal/audience/texts/ar.json' with { type: 'json' };
import en from '../../../server/rehearsal/audience/texts/en.json' with { type: 'json' };
import fr from '../../../server/rehearsal/audience/texts/fr.json' with { type: 'json' };

/** The fictional evaluator knows the fictional audience well: its texts are filed under what they are. */
function codebook(): ReadonlyMap<string, ReplyCode> {
  const codes = [en, fr, ar].flatMap((texts) =>
    Object.entries(texts).flatMap(([code, sentences]) =>
      Array.isArray(sentences) ? sentences.map((sentence) => [sentence, code as ReplyCode] as const) : [],
    ),
  );
  return new Map(codes);
}

/** Codes what was answered in a campaign; a text that the codebook does not know is neutral. */
export async function codeReplies(context: Context, evaluator: Member, campaign: string): Promise<void> {
  const codes = codebook();
  const replies = await Replies.find({ campaign, code: null }).sort({ receivedAt: 1 }).lean();
  for (const { _id, text } of replies) {
    const known = [...codes].find(([sentence]) => text?.includes(sentence));
    await codeReply(context, evaluator, { reply: _id, code: known?.[1] ?? 'neutral' });
  }
}
