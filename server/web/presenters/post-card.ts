import type { Account } from '../../domain/account.ts';
import type { Asset } from '../../domain/asset.ts';
import type { Delivery } from '../../domain/delivery.ts';
import { isBegun, isFinal, stepOf, textsOf } from '../../domain/delivery.ts';
import { piecesOf, type TextPiece } from '../../domain/marked-text.ts';
import type { Variant } from '../../domain/message.ts';
import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import { directionOf } from '../../domain/variant.ts';
import type { VariantCount } from '../../domain/variant-checks.ts';
import type { CardFacts } from '../../queries/card-facts.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface CardText {
  /** Its place in the thread, such as `2/3`; null for a single post. */
  place: string | null;
  count: string;
  pieces: TextPiece[];
  /** Whether the images stand with it: networks show them with the first text. */
  isFirst: boolean;
  /** How far it got; null while nothing was sent. */
  state: { kind: string; text: string } | null;
  remoteUrl: string | null;
}

export interface CardImage {
  title: string;
  /** null: it is no longer in the library. */
  path: string | null;
  altText: string;
  width: number;
  height: number;
  /** It quotes extremist material, and is opened by a deliberate press. */
  isVeiled: boolean;
  /** What a machine had to do with it, and why it quotes extremists; empty for a plain image. */
  about: string;
}

export interface PostCard {
  /** Where a link can lead to it; null where nothing does. */
  id: string | null;
  /** Whose look the card takes on. */
  look: Network;
  /** What the network draws under a post: nothing that could be pressed here. */
  acts: readonly string[];
  /** First letter of the account's name, in place of its picture; empty without an account. */
  initial: string;
  /** `now` while it waits to be posted. */
  time: string;
  accountName: string;
  handle: string;
  /** The network as its own people write it. */
  network: string;
  texts: CardText[];
  isThread: boolean;
  images: CardImage[];
  /** BCP 47 tag of the text. */
  language: string;
  /** The arm of an experiment that it is, in words; empty for none. */
  arm: string;
  direction: 'ltr' | 'rtl';
}

/** Names of icons, in the order of each network's own row. */
const ACTS: Readonly<Record<Network, readonly string[]>> = {
  x: ['message-circle', 'repeat-2', 'heart', 'chart-no-axes-column', 'bookmark', 'share'],
  mastodon: ['reply', 'repeat-2', 'star', 'bookmark', 'ellipsis'],
  bluesky: ['message-square', 'repeat-2', 'heart', 'bookmark', 'ellipsis'],
};

type CardAccount = Pick<Account, '_id' | 'handle' | 'displayName'> & Partial<Pick<Account, 'limits'>>;
type Content = Pick<Variant, 'network' | 'language' | 'arm' | 'text' | 'parts' | 'images'>;

export interface CardShowing {
  facts: CardFacts;
  speak: Speak;
}

/** One text, or a thread, as the network shows it under this account; null is an account that was not chosen yet. */
export function postCard(
  content: Content,
  account: CardAccount | null | undefined,
  { facts, speak }: CardShowing,
): PostCard {
  const { network, language, images = [] } = content;
  const texts = textsOf(content);
  return {
    id: null,
    look: network,
    acts: ACTS[network],
    initial: [...(account?.displayName ?? '')][0]?.toUpperCase() ?? '',
    time: speak.t('posts.card-now'),
    accountName: account?.displayName ?? speak.t('posts.card-no-account'),
    handle: account ? `@${account.handle}` : '',
    network: NETWORK_NAMES[network],
    texts: texts.map((text, index) => ({
      place: texts.length > 1 ? `${speak.number(index + 1)}/${speak.number(texts.length)}` : null,
      count: countView(facts.count(network, text, account), speak),
      pieces: piecesOf(text),
      isFirst: index === 0,
      state: null,
      remoteUrl: null,
    })),
    isThread: texts.length > 1,
    images: images.map(({ asset, altText }, index) =>
      imageView(facts.assets.get(asset), {
        title: speak.t('assets.image-number', { number: index + 1 }),
        altText,
        speak,
      }),
    ),
    language,
    arm: armWords(content, speak),
    direction: directionOf(language),
  };
}

/** Every variant under every account that may carry it. */
export function postCards(
  variants: readonly Variant[],
  accounts: readonly CardAccount[],
  showing: CardShowing,
): PostCard[] {
  return variants.flatMap((variant) => {
    const own = variant.accounts.map((id) => accounts.find(({ _id }) => _id === id));
    return (own.length > 0 ? own : [null]).map((account) => postCard(variant, account, showing));
  });
}

/** What was sent, or waits to be: of a thread that has begun, which parts are out and where it stands. */
export function deliveryCard(
  delivery: Delivery & { accountHandle: string },
  account: CardAccount | null | undefined,
  showing: CardShowing,
): PostCard {
  const { account: _id, accountHandle: handle, sent = [] } = delivery;
  const shown = postCard(delivery, account ?? { _id, handle, displayName: handle }, showing);
  const card = { ...shown, time: isBegun(delivery) ? '' : shown.time };
  if (!card.isThread || !isBegun(delivery)) return card;
  const { speak } = showing;
  const texts = card.texts.map((text, index) => {
    const part = sent[index];
    const kind = part
      ? 'out'
      : index > stepOf(delivery)
        ? 'later'
        : isFinal(delivery.state)
          ? 'stopped'
          : 'next';
    const at = part ? speak.dateTime(part.at) : '';
    const state = { kind: PART_KINDS[kind], text: speak.t(`assets.part-${kind}`, { at }) };
    return { ...text, state, remoteUrl: delivery.state === 'withdrawn' ? null : (part?.remoteUrl ?? null) };
  });
  return { ...card, texts };
}

const PART_KINDS = { out: 'good', next: 'wait', stopped: 'bad', later: 'quiet' } as const;

/** Which arm of an experiment a text is, in words; empty for none. */
export function armWords({ arm }: Pick<Variant, 'arm'>, speak: Speak): string {
  return arm ? speak.t('messages.arm-named', { arm }) : '';
}

type Attached = Pick<Variant, 'arm' | 'parts' | 'images'>;

/** What comes with a text, in a few words: `arm A · Thread of 3 posts · 2 images`; empty for a plain text. */
export function attachedWords({ arm, parts = [], images = [] }: Attached, speak: Speak) {
  return [
    armWords({ arm: arm ?? null }, speak),
    parts.length > 0 ? speak.t('assets.thread-of', { count: parts.length + 1 }) : '',
    images.length > 0 ? speak.t('assets.images-of', { count: images.length }) : '',
  ]
    .filter(Boolean)
    .join(' · ');
}

/** An image with the words that stand for it where it is used; undefined is one that is gone. */
export function imageView(
  asset: Pick<Asset, '_id' | 'width' | 'height' | 'origin' | 'quotesExtremists' | 'purpose'> | undefined,
  { title, altText, speak }: { title: string; altText: string; speak: Speak },
): CardImage {
  const origin = asset && asset.origin !== 'human' ? speak.label('origin', asset.origin) : '';
  const purpose = asset?.quotesExtremists
    ? `${speak.t('app.colon', { label: speak.t('assets.purpose') })} ${asset.purpose}`
    : '';
  return {
    title,
    path: asset ? paths.assetImage(asset._id) : null,
    altText,
    width: asset?.width ?? 0,
    height: asset?.height ?? 0,
    isVeiled: asset?.quotesExtremists ?? false,
    about: [origin, purpose].filter(Boolean).join(' · '),
  };
}

/** Bytes are a matter for experts until a text comes near their limit. */
const BYTES_SHOWN_FROM = 0.8;

/** `241/280`, with bytes where they come near their limit; empty where nobody can count. */
export function countView(count: VariantCount | null, speak: Speak): string {
  if (!count) return '';
  const { length, limit, bytes } = count;
  const counted = `${length}/${limit}`;
  if (!bytes || bytes.length < bytes.limit * BYTES_SHOWN_FROM) return counted;
  return `${counted} · ${speak.t('messages.bytes', { length: bytes.length, limit: bytes.limit })}`;
}
