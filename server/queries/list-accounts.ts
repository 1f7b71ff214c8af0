import type { Account } from '../domain/account.ts';
import { NotFound } from '../errors.ts';
import { Accounts } from '../models/account.ts';
import { Credentials } from '../models/credential.ts';
import { Deliveries } from '../models/delivery.ts';
import { Members } from '../models/member.ts';

export interface AccountRead {
  account: Account & { version: number };
  /** Who checked the disclosure; null when nobody did, or is gone. */
  checkedBy: string | null;
  isConnected: boolean;
  /** Deliveries that wait for this account to be connected again. */
  held: number;
}

/** Every account, by network and handle. */
export async function listAccounts(): Promise<Account[]> {
  return Accounts.find().sort({ network: 1, handle: 1 }).lean<Account[]>();
}

/** One account with what its page needs; nothing of its credential but whether there is one. */
export async function readAccount(id: string): Promise<AccountRead> {
  const account = await Accounts.findById(id).lean<AccountRead['account']>();
  if (!account) throw new NotFound('There is no such account.');
  const { checkedBy } = account.disclosure;
  const [checker, credential, held] = await Promise.all([
    checkedBy ? Members.findById(checkedBy).select('name').lean() : null,
    Credentials.exists({ account: id }),
    Deliveries.countDocuments({ account: id, state: 'auth-needed' }),
  ]);
  return { account, checkedBy: checker?.name ?? null, isConnected: credential !== null, held };
}
