import { expect } from 'chai';
import fc from 'fast-check';
import { type Attempt, isFinal, mayBecome, type ReadBack } from '../../server/domain/delivery.ts';
import type { Outcome, ReadBackOutcome } from '../../server/domain/outcome.ts';
import { PUBLISHING_TIMES as times } from '../../server/domain/publishing-times.ts';
import { areSendersGone, settle, settleReadBack } from '../../server/domain/settlement.ts';

const now = new Date('2014-10-14T10:00:00Z');
const minutesFromNow = (at: Date | null | undefined) => at && (at.getTime() - now.getTime()) / 60_000;

function anAttempt(fields: Partial<Attempt> = {}): Attempt {
  return {
    number: 1,
    kind: 'publication',
    fencingToken: 1,
    incarnation: 'worker-1',
    startedAt: new Date(now.getTime() - 60_000),
    endedAt: null,
    outcome: null,
    detail: '',
    ...fields,
  };
}

const look = (result: ReadBack['result'], minutesAgo = 0): ReadBack => ({
  at: new Date(now.getTime() - minutesAgo * 60_000),
  result,
  detail: '',
});

const settleFirst = (outcome: Outcome, jitter = 0) =>
  settle({ attempts: [anAttempt()] }, outcome, now, { times, jitter });

const anOutcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constant<Outcome>({ kind: 'accepted', remoteId: '1', remoteUrl: 'https://x.example/1' }),
  fc
    .constantFrom('refused', 'not-sent', 'unauthorised', 'unknown')
    .map((kind) => ({ kind, detail: 'so' }) as Outcome),
  fc.date().map((retryAt): Outcome => ({ kind: 'limited', detail: 'slow down', retryAt })),
);

describe('settling a try', () => {
  it('publishes what the network accepted', () => {
    const settled = settleFirst({ kind: 'accepted', remoteId: '7', remoteUrl: 'https://x.example/7' });
    expect(settled).to.deep.include({ state: 'published', remoteId: '7', publishedAt: now, nextAt: null });
  });

  it('gives up what the network refused for good, and says why', () => {
    expect(settleFirst({ kind: 'refused', detail: 'Too long.' })).to.deep.equal({
      state: 'failed',
      nextAt: null,
      problem: 'Too long.',
    });
  });

  it('waits for the time that the network names, on a whole second', () => {
    const retryAt = new Date(now.getTime() + 900_100);
    const settled = settleFirst({ kind: 'limited', detail: 'slow down', retryAt });
    expect(settled.nextAt).to.deep.equal(new Date(now.getTime() + 901_000));
  });

  for (const retryAt of [new Date(Number.NaN), new Date(0), now]) {
    it(`backs off when the named time is no use (${String(retryAt.getTime())})`, () => {
      const settled = settleFirst({ kind: 'limited', detail: 'slow down', retryAt });
      expect(settled.nextAt?.getTime()).to.equal(now.getTime() + times.backOffMs);
    });
  }

  it('waits twice as long with every try, up to the cap', () => {
    const waits = [1, 2, 3, 4, 12, 500].map((tries) => {
      const attempts = Array.from({ length: tries }, () => anAttempt());
      const { nextAt } = settle({ attempts }, { kind: 'not-sent', detail: '' }, now, { times, jitter: 0 });
      return ((nextAt?.getTime() ?? 0) - now.getTime()) / times.backOffMs;
    });
    expect(waits).to.deep.equal([1, 2, 4, 8, 60, 60]);
  });

  it('takes up to half of the wait away by jitter', () => {
    const { nextAt } = settleFirst({ kind: 'not-sent', detail: '' }, 1);
    expect(nextAt?.getTime()).to.equal(now.getTime() + times.backOffMs / 2);
  });

  it('looks after the request deadline and a minute when the outcome is unknown', () => {
    const settled = settleFirst({ kind: 'unknown', detail: 'timeout' });
    expect(settled.state).to.equal('unknown');
    expect(settled.nextAt?.getTime()).to.equal(now.getTime() + 80_000);
  });

  it('always takes a way that the table knows, with a time exactly where the software goes on', () => {
    fc.assert(
      fc.property(anOutcome, fc.double({ min: 0, max: 1, noNaN: true }), (outcome, jitter) => {
        const { state, nextAt } = settleFirst(outcome, jitter);
        expect(mayBecome('sending', state)).to.equal(true);
        const goesOn = state === 'retry-wait' || state === 'unknown';
        expect(nextAt !== null).to.equal(goesOn);
        if (nextAt) expect(nextAt.getTime()).to.be.greaterThan(now.getTime());
      }),
    );
  });
});

describe('settling a look at the network', () => {
  const absent: ReadBackOutcome = { kind: 'absent' };
  const failed: ReadBackOutcome = { kind: 'failed', detail: 'timeout' };
  const options = { times, isIdempotent: false, areSendersGone: false };
  const unclear = (...readBacks: ReadBack[]) => ({
    attempts: [anAttempt({ startedAt: new Date(0) })],
    readBacks,
  });

  it('publishes what was found, with the time the network gives', () => {
    const publishedAt = new Date('2014-10-14T09:59:30Z');
    const found: ReadBackOutcome = { kind: 'found', remoteId: '9', remoteUrl: 'u', publishedAt, copies: 1 };
    const settled = settleReadBack(unclear(), found, now, options);
    expect(settled).to.deep.include({ state: 'published', remoteId: '9', publishedAt, problem: '' });
  });

  it('raises an alarm when it was found twice', () => {
    const found: ReadBackOutcome = {
      kind: 'found',
      remoteId: '9',
      remoteUrl: 'u',
      publishedAt: now,
      copies: 2,
    };
    const settled = settleReadBack(unclear(), found, now, options);
    expect(settled.state).to.equal('published');
    expect(settled.problem).to.contain('2 times');
  });

  it('looks again five minutes after it was absent once', () => {
    const settled = settleReadBack(unclear(), absent, now, { ...options, areSendersGone: true });
    expect(settled.state).to.equal('reconciling');
    expect(minutesFromNow(settled.nextAt)).to.equal(5);
  });

  it('sends again what was absent twice when every sender is gone', () => {
    const settled = settleReadBack(unclear(look('absent', 5)), absent, now, {
      ...options,
      areSendersGone: true,
    });
    expect(settled).to.deep.include({ state: 'retry-wait', nextAt: now });
  });

  it('sends again what was absent twice when the network drops the second one by itself', () => {
    const settled = settleReadBack(unclear(look('absent', 5)), absent, now, {
      ...options,
      isIdempotent: true,
    });
    expect(settled.state).to.equal('retry-wait');
  });

  it('asks a person when it was absent twice and a sender may still live', () => {
    const settled = settleReadBack(unclear(look('absent', 5)), absent, now, options);
    expect(settled).to.deep.include({ state: 'needs-person', nextAt: null });
  });

  it('asks a person after three failed looks', () => {
    const twice = unclear(look('failed', 2), look('failed', 1));
    expect(settleReadBack(unclear(look('failed', 1)), failed, now, options).state).to.equal('reconciling');
    expect(settleReadBack(twice, failed, now, options).state).to.equal('needs-person');
  });

  it('does not count the looks that belong to an earlier try', () => {
    const attempts = [anAttempt({ startedAt: new Date(now.getTime() - 60_000) })];
    const delivery = { attempts, readBacks: [look('absent', 10), look('absent', 5)] };
    const settled = settleReadBack(delivery, absent, now, { ...options, areSendersGone: true });
    expect(settled.state).to.equal('reconciling');
  });
});

describe('whether every sender is gone', () => {
  it('is so when each wrote its own end or is proven dead', () => {
    const attempts = [anAttempt({ endedAt: now }), anAttempt({ incarnation: 'dead' })];
    expect(areSendersGone(attempts, new Set(['dead']))).to.equal(true);
  });

  it('is not so when an earlier one than the last may still live', () => {
    const attempts = [anAttempt({ incarnation: 'silent' }), anAttempt({ endedAt: now })];
    expect(areSendersGone(attempts, new Set())).to.equal(false);
  });
});

describe('any history of one delivery', () => {
  const aLook = fc.oneof(
    fc.constant<ReadBackOutcome>({ kind: 'absent' }),
    fc.constant<ReadBackOutcome>({ kind: 'failed', detail: '' }),
  );

  it('holds no second try after an unclear one without two absences and proof', () => {
    fc.assert(
      fc.property(
        fc.array(aLook, { maxLength: 8 }),
        fc.boolean(),
        fc.boolean(),
        (looks, isIdempotent, sendersGone) => {
          const readBacks: ReadBack[] = [];
          const attempts = [anAttempt({ startedAt: new Date(0) })];
          let absences = 0;
          for (const found of looks) {
            if (found.kind === 'absent') absences += 1;
            const settled = settleReadBack({ attempts, readBacks }, found, now, {
              times,
              isIdempotent,
              areSendersGone: sendersGone,
            });
            readBacks.push({ at: now, result: found.kind, detail: '' });
            expect(mayBecome('reconciling', settled.state)).to.equal(true);
            if (settled.state === 'retry-wait') {
              expect(absences).to.be.at.least(2);
              expect(isIdempotent || sendersGone).to.equal(true);
            }
            if (settled.state !== 'reconciling') return;
            expect(isFinal(settled.state)).to.equal(false);
            expect(settled.nextAt).not.to.equal(null);
          }
        },
      ),
    );
  });
});
