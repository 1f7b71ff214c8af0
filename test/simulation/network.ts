import type { Outcome, ReadBackOutcome } from '../../server/domain/outcome.ts';
import type { Capabilities, Platform, PublishRequest } from '../../server/platforms/platform.ts';
import { acceptingPlatform } from '../support/accepting-platform.ts';
import { gated } from './gates.ts';

/** What a request meets with. `landed`: the network shows the post, but no answer comes. */
export const FATES = [
  'accepted',
  'refused',
  'limited',
  'not-sent',
  'unauthorised',
  'landed',
  'lost',
] as const;
export type Fate = (typeof FATES)[number];

interface SimulatedPost {
  key: string;
  text: string;
  parent: string | null;
  id: string;
  at: Date;
}

export interface SimulatedNetwork {
  readonly platform: Platform;
  readonly posts: SimulatedPost[];
  /** Asked once per request; what it does not decide is accepted. */
  fateOf: (request: PublishRequest) => Fate;
  /** Texts that stand there more often than once. */
  doubled(): string[];
}

/** A network in memory whose list of posts is the judge. */
export function simulatedNetwork(
  idempotency: Capabilities['idempotency'],
  now: () => Date,
): SimulatedNetwork {
  const posts: SimulatedPost[] = [];
  const land = (request: PublishRequest): SimulatedPost => {
    const known = idempotency === 'record-key' && posts.find(({ key }) => key === request.deliveryKey);
    if (known) return known;
    const { text, deliveryKey: key, continues } = request;
    const post = { key, text, parent: continues?.parent ?? null, id: `post-${posts.length + 1}`, at: now() };
    posts.push(post);
    return post;
  };
  const accepted = ({ id }: SimulatedPost): Outcome => ({
    kind: 'accepted',
    remoteId: id,
    remoteUrl: `https://x.example/${id}`,
  });
  const answer = (request: PublishRequest, fate: Fate): Outcome => {
    switch (fate) {
      case 'accepted':
        return accepted(land(request));
      case 'landed':
        land(request);
        return { kind: 'unknown', detail: 'No answer.' };
      case 'lost':
        return { kind: 'unknown', detail: 'No answer.' };
      case 'limited':
        return { kind: 'limited', detail: 'Slow down.', retryAt: new Date(now().getTime() + 60_000) };
      default:
        return { kind: fate, detail: `The network said ${fate}.` };
    }
  };
  const look = ({ text }: PublishRequest): ReadBackOutcome => {
    const found = posts.filter((post) => post.text === text);
    const [first] = found;
    if (!first) return { kind: 'absent' };
    const { id: remoteId, at: publishedAt } = first;
    return {
      kind: 'found',
      remoteId,
      remoteUrl: `https://x.example/${remoteId}`,
      publishedAt,
      copies: found.length,
    };
  };
  const base = acceptingPlatform();
  const network: SimulatedNetwork = {
    posts,
    fateOf: () => 'accepted',
    doubled: () =>
      [...new Set(posts.map(({ text }) => text))].filter(
        (text) => posts.filter((post) => post.text === text).length > 1,
      ),
    platform: {
      ...base,
      capabilities: { ...base.capabilities, idempotency },
      publish: (_credential, request) =>
        gated('network.publish', async () => answer(request, network.fateOf(request))),
      readBack: (_credential, request) => gated('network.read', async () => look(request)),
    },
  };
  return network;
}
