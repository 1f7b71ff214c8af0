import type { Context } from '../context.ts';
import { assertStillAssessed } from '../domain/circumstances.ts';
import { type Delivery, textsOf } from '../domain/delivery.ts';
import { type Resolution, resolve } from '../domain/resolution.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { giveUp, type Settlement, settleAccepted } from '../domain/settlement.ts';
import { Conflict, NotFound } from '../errors.ts';
import { changeDelivery, Deliveries } from '../models/delivery.ts';
import { Messages } from '../models/message.ts';
import { Posts } from '../models/post.ts';
import { reviewFacts } from '../models/review-facts.ts';
import { type Actor, allow } from './allow.ts';
import { wakeAt } from './publishing.ts';
import { recordEvent } from './record-event.ts';

export interface ResolveDeliveryInput {
  delivery: string;
  /** The revision that the person had before their eyes. */
  rev: number;
  resolution: Resolution;
  /** For `mark-published`: where it stands, when it was found; may be empty. */
  remoteUrl?: string;
}

/**
 * A person decides about a delivery that waits for one. Throws RuleViolation when the decision is not open or
 * needs somebody else, and Conflict when the delivery changed meanwhile.
 */
export async function resolveDelivery(
  context: Context,
  member: Actor,
  input: ResolveDeliveryInput,
): Promise<Delivery> {
  allow(member, 'deliveries.resolve');
  const delivery = await Deliveries.findById(input.delivery).lean<Delivery>();
  if (!delivery) throw new NotFound('This delivery does not exist any more.');
  const to = resolve(delivery, {
    resolution: input.resolution,
    member: member._id,
    ...(await peopleOf(delivery)),
  });
  if (SENDING.includes(input.resolution)) await lookAgain(delivery);
  const seen = { ...delivery, rev: input.rev };
  const { sentPart, ...set } = changesOf(delivery, input, context.clock.now());
  const push = sentPart ? { push: { sent: sentPart } } : {};
  const changed = await changeDelivery(seen, { to, set, ...push, isRevised: true });
  if (!changed) throw new Conflict('Somebody, or the network, was faster: look at it again.');

  await recordEvent(context, {
    actor: member._id,
    verb: `delivery resolved: ${input.resolution}`,
    subject: 'delivery',
    subjectId: delivery._id,
    campaign: delivery.campaign,
    details: { from: delivery.state, to },
  });
  if (changed.nextAt) await wakeAt(context, changed.lane, changed.nextAt);
  return changed;
}

const SENDING: readonly Resolution[] = ['publish-now', 'send-again'];

/** What became overdue in a crisis goes out only when somebody has weighed the harm again since (glossary: crisis pause). */
async function lookAgain(delivery: Delivery): Promise<void> {
  const message = await Messages.findById(delivery.message).lean();
  if (!message) throw new NotFound('The message of this delivery does not exist any more.');
  assertStillAssessed(message, await reviewFacts(message));
}

async function peopleOf({ post, message }: Delivery) {
  const placed = await Posts.findById(post).select({ createdBy: 1 }).lean();
  const approved = await Messages.findById(message).select({ approval: 1 }).lean();
  if (!placed) throw new NotFound('The post of this delivery does not exist any more.');
  return { scheduledBy: placed.createdBy, approvedBy: approved?.approval?.reviewer ?? null };
}

/** A post that is sent now, or again, is due now: its tolerance begins anew. */
function changesOf(
  delivery: Delivery,
  input: ResolveDeliveryInput,
  now: Date,
): Omit<Partial<Settlement>, 'state'> & { dueAt?: Date } {
  switch (input.resolution) {
    case 'publish-now':
    case 'send-again':
      return { dueAt: now, nextAt: now, problem: '' };
    case 'mark-published':
      return markedPublished(delivery, input.remoteUrl ?? '', now);
    case 'cancel': {
      const { state: _, ...set } = giveUp(delivery, 'cancelled', delivery.problem);
      return set;
    }
  }
}

function markedPublished(delivery: Delivery, remoteUrl: string, now: Date) {
  const { remoteId, remoteUrl: address } = foundAt(remoteUrl);
  const at = lastStart(delivery);
  if (textsOf(delivery).length === 1) {
    return { remoteId, remoteUrl: address, publishedAt: at, nextAt: null, problem: '' };
  }
  if (!remoteId) {
    throw new RuleViolation(
      'remote-url-invalid',
      'The rest of a thread needs to know where this part stands.',
      {
        field: 'remoteUrl',
      },
    );
  }
  const { state: _, ...set } = settleAccepted(delivery, { remoteId, remoteUrl: address, at });
  return set.nextAt ? { ...set, dueAt: now, nextAt: now } : set;
}

function foundAt(remoteUrl: string): Pick<Delivery, 'remoteId' | 'remoteUrl'> {
  if (remoteUrl.trim() === '') return { remoteId: null, remoteUrl: null };
  const address = URL.canParse(remoteUrl) ? new URL(remoteUrl) : null;
  const remoteId = address?.pathname.split('/').filter(Boolean).at(-1);
  if (!address || !['http:', 'https:'].includes(address.protocol) || !remoteId) {
    throw new RuleViolation('remote-url-invalid', 'This is not the address of a post.', {
      field: 'remoteUrl',
    });
  }
  return { remoteId, remoteUrl: address.href };
}

function lastStart({ attempts, dueAt }: Delivery): Date {
  return attempts.findLast(({ kind }) => kind === 'publication')?.startedAt ?? dueAt;
}
