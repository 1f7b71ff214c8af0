import type { Outcome, ReadBackOutcome } from '../../server/domain/outcome.ts';
import type { Capabilities, Platform, PublishRequest } from '../../server/platforms/platform.ts';

/** What a scripted request does instead of talking to a network. */
type Scripted<Answer> = Answer | ((request: PublishRequest) => Promise<Answer>);

export interface FakePlatform extends Platform {
  /** Everything that was asked to be published, in order. */
  readonly sent: PublishRequest[];
  readonly looks: PublishRequest[];
  readonly withdrawn: string[];
  /** Answers, one per request; when they run out, requests are accepted. */
  readonly outcomes: Scripted<Outcome>[];
  /** Answers to looks; when they run out, nothing is found. */
  readonly found: Scripted<ReadBackOutcome>[];
}

/** An adapter that says what the test tells it to say and writes down what it was asked. */
export function fakePlatform(idempotency: Capabilities['idempotency'] = 'read-back'): FakePlatform {
  const sent: PublishRequest[] = [];
  const looks: PublishRequest[] = [];
  const withdrawn: string[] = [];
  const outcomes: Scripted<Outcome>[] = [];
  const found: Scripted<ReadBackOutcome>[] = [];
  const unused = () => Promise.reject(new Error('not scripted'));
  return {
    network: 'x',
    capabilities: {
      textLimit: 280,
      idempotency,
      measures: [],
      replies: false,
      threads: true,
      images: { most: 4, bytes: 1e6, altText: 1000 },
    },
    sent,
    looks,
    withdrawn,
    outcomes,
    found,
    countText: (text) => ({ length: text.length, limit: 280, isWithin: text.length <= 280 }),
    whoAmI: unused,
    measure: unused,
    replies: unused,
    async publish(_credential, request) {
      sent.push(request);
      const remoteId = String(sent.length);
      const next = outcomes.shift() ?? {
        kind: 'accepted',
        remoteId,
        remoteUrl: `https://x.example/${remoteId}`,
      };
      return typeof next === 'function' ? next(request) : next;
    },
    async readBack(_credential, request) {
      looks.push(request);
      const next = found.shift() ?? { kind: 'absent' };
      return typeof next === 'function' ? next(request) : next;
    },
    async withdraw(_credential, remoteId) {
      withdrawn.push(remoteId);
      const next = outcomes.shift() ?? { kind: 'accepted', remoteId, remoteUrl: '' };
      if (typeof next === 'function') throw new Error('a withdrawal has no request to hand over');
      return next;
    },
  };
}
