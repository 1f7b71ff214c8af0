import { trusted } from 'mongoose';
import type { Account, Home } from '../domain/account.ts';
import type { PreventionTier } from '../domain/audience.ts';
import type { MessageContent } from '../domain/message.ts';
import type { Messenger } from '../domain/messenger.ts';
import { Accounts } from './account.ts';
import { AudienceSegments } from './audience.ts';
import { Messengers } from './messenger.ts';

export interface StoredDraftFacts {
  /** Tier of the chosen segment; null while none is chosen or when it is gone. */
  tier: PreventionTier | null;
  messenger: Messenger | null;
  /** The organisation's accounts where this installation publishes. */
  accounts: Account[];
  /** Their handles, without the @. */
  ownHandles: string[];
}

/** What the rules of drafting need to know about the things that a message points at. */
export async function draftFacts(
  { segment, messenger }: Pick<MessageContent, 'segment' | 'messenger'>,
  { rehearsal }: { rehearsal: boolean },
): Promise<StoredDraftFacts> {
  const home: Home = rehearsal ? 'rehearsal' : 'live';
  const [chosenSegment, chosenMessenger, accounts] = await Promise.all([
    segment ? AudienceSegments.findById(segment).select('tier').lean() : null,
    messenger ? Messengers.findById(messenger).lean() : null,
    Accounts.find({ home, state: trusted({ $ne: 'disconnected' }) })
      .sort({ network: 1, handle: 1 })
      .lean(),
  ]);
  return {
    tier: chosenSegment?.tier ?? null,
    messenger: chosenMessenger,
    accounts,
    ownHandles: accounts.map(({ handle }) => handle),
  };
}
