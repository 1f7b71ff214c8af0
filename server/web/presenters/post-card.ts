import type { Account } from '../../domain/account.ts';
import type { Variant } from '../../domain/message.ts';
import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import { directionOf } from '../../domain/variant.ts';
import type { Speak } from '../speak.ts';

export interface PostCard {
  accountName: string;
  handle: string;
  /** The network as its own people write it. */
  network: string;
  text: string;
  /** BCP 47 tag of the text. */
  language: string;
  direction: 'ltr' | 'rtl';
}

type CardAccount = Pick<Account, '_id' | 'handle' | 'displayName'>;

/** One text as the network shows it under this account; null is an account that was not chosen yet. */
export function postCard(
  { network, language, text }: { network: Network; language: string; text: string },
  account: CardAccount | null | undefined,
  speak: Speak,
): PostCard {
  return {
    accountName: account?.displayName ?? speak.t('posts.card-no-account'),
    handle: account ? `@${account.handle}` : '',
    network: NETWORK_NAMES[network],
    text,
    language,
    direction: directionOf(language),
  };
}

/** Every variant under every account that may carry it. */
export function postCards(
  variants: readonly Variant[],
  accounts: readonly CardAccount[],
  speak: Speak,
): PostCard[] {
  return variants.flatMap((variant) => {
    const own = variant.accounts.map((id) => accounts.find(({ _id }) => _id === id));
    return (own.length > 0 ? own : [null]).map((account) => postCard(variant, account, speak));
  });
}
