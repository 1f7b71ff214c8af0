import { z } from 'zod';
import type { Context } from '../context.ts';
import type { Account } from '../domain/account.ts';
import type { Network } from '../domain/network.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { Upstream } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { type Actor, allow } from './allow.ts';
import { connectAccount } from './connect-account.ts';
import { recordEvent } from './record-event.ts';

export interface ConnectRehearsalAccountInput {
  /** X when not given. */
  network?: Network;
  /** Without the leading @; the next free one when not given. */
  handle?: string;
  displayName?: string;
  description?: string;
  timeZone?: string;
  isDemo?: boolean;
}

/** Which fields a credential has is the network's affair: the adapter reads them again. */
const opened = z.object({ credential: z.record(z.string(), z.string()) });

const TIMEOUT_MS = 10_000;

/**
 * Opens a fictional account on the stand-in network and connects it like any other. Throws RuleViolation where
 * there is no rehearsal, Upstream when the stand-in does not answer or does not take the name.
 */
export async function connectRehearsalAccount(
  context: Context,
  member: Actor,
  input: ConnectRehearsalAccountInput = {},
): Promise<Account> {
  allow(member, 'accounts.connect');
  if (!context.rehearsal) {
    throw new RuleViolation('no-rehearsal', 'There is no rehearsal network here.');
  }
  const { network = 'x', timeZone = 'UTC', isDemo = false } = input;
  const username = input.handle ?? (await nextHandle(network));
  const credential = await open(`${context.rehearsal[network]}/rehearsal/${network}`, {
    username,
    name: input.displayName ?? 'Rehearsal account',
    description: input.description ?? 'A fictional account on the rehearsal network.',
  });
  await recordEvent(context, {
    actor: member._id,
    verb: 'rehearsal account opened',
    subject: 'rehearsal',
    subjectId: username,
  });
  return connectAccount(context, member, { network, credential, timeZone, isDemo });
}

async function nextHandle(network: Network): Promise<string> {
  const taken = await Accounts.find({ network, home: 'rehearsal' }).select('handle').lean();
  const handles = new Set(taken.map(({ handle }) => localName(handle)));
  for (let number = 1; ; number += 1) {
    if (!handles.has(`rehearsal_${number}`)) return `rehearsal_${number}`;
  }
}

/** The part of a handle that is the account's own; the rest names its server, and not all networks take an underscore. */
const localName = (handle: string) => handle.toLowerCase().split(/[@.]/)[0]?.replaceAll('-', '_');

async function open(controlUrl: string, account: { username: string; name: string; description: string }) {
  const answer = await fetch(`${controlUrl}/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(account),
    redirect: 'error',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  if (!answer) throw new Upstream('The rehearsal network does not answer. Is it running?');
  const read = opened.safeParse(await answer.json().catch(() => null)).data;
  if (!answer.ok || !read) throw new Upstream(`The rehearsal network answered ${answer.status}.`);
  return read.credential;
}
