import mongoose, { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { Upstream } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Answers } from '../models/answer.ts';
import { Campaigns } from '../models/campaign.ts';
import { Credentials } from '../models/credential.ts';
import { ExposureCaps, exposureIds } from '../models/exposure.ts';
import { Members } from '../models/member.ts';
import { Messages } from '../models/message.ts';
import { Narratives } from '../models/narrative.ts';
import { NearDuplicates } from '../models/near-duplicate.ts';
import { ThreadKeys } from '../models/thread-key.ts';
import { forgetUnsaved } from '../models/unsaved-draft.ts';
import { type Actor, allow } from './allow.ts';
import { recordEvent } from './record-event.ts';

/**
 * Takes the demo world out in one step: its people, texts, posts and figures here, and its accounts on the stand-in
 * network. What members wrote inside demo campaigns goes with them; the audit trail stays. Throws Upstream when
 * the stand-in does not answer, before anything is removed here.
 */
export async function removeDemoWorld(context: Context, member: Actor | null): Promise<void> {
  if (member) allow(member, 'demo.remove');
  const accounts = await Accounts.find({ isDemo: true }).select('network handle').lean();
  const campaigns = await Campaigns.find({ isDemo: true }).select('_id').lean();
  if (context.rehearsal) {
    for (const { network, handle } of accounts) {
      await leaveNetwork(`${context.rehearsal[network]}/rehearsal/${network}`, handle);
    }
  }
  await Credentials.deleteMany({ account: trusted({ $in: accounts.map(({ _id }) => _id) }) });
  await ThreadKeys.deleteMany({ campaign: trusted({ $in: campaigns.map(({ _id }) => _id) }) });
  await removeTraces(
    context,
    campaigns.map(({ _id }) => _id),
  );
  const demoModels = Object.values(mongoose.models).filter((model) => model.schema.path('isDemo'));
  await Promise.all(demoModels.map((model) => model.deleteMany({ isDemo: true })));
  await recordEvent(context, {
    actor: member?._id ?? null,
    verb: 'demo world removed',
    subject: 'organisation',
    subjectId: 'organisation',
  });
}

/** What says nothing of the demo world by itself, but speaks of what is in it. */
async function removeTraces({ vault }: Context, campaigns: readonly string[]): Promise<void> {
  const demo = { isDemo: true };
  const [members, messages, answers, narratives] = await Promise.all([
    Members.distinct('_id', demo),
    Messages.distinct('_id', demo),
    Answers.distinct('_id', demo),
    Narratives.distinct('_id', demo),
  ]);
  await forgetUnsaved(new Set(members), new Set([...campaigns, ...messages]));
  const caps = members.map((member) => exposureIds(vault, member).cap);
  await ExposureCaps.deleteMany({ _id: trusted({ $in: caps }) });
  await NearDuplicates.deleteMany({ pair: trusted({ $in: [...answers, ...narratives] }) });
}

async function leaveNetwork(url: string, handle: string): Promise<void> {
  const response = await fetch(`${url}/accounts/${encodeURIComponent(handle)}`, {
    method: 'DELETE',
    signal: AbortSignal.timeout(10_000),
  }).catch(() => null);
  if (!response?.ok && response?.status !== 404) {
    throw new Upstream('The rehearsal network did not answer. Start it, then try again.');
  }
}
