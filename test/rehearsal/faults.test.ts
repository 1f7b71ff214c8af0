import { expect } from 'chai';
import { ApiPartialResponseError, ApiRequestError, ApiResponseError, type TwitterApi } from 'twitter-api-v2';
import { type FaultInput, Faults } from '../../server/rehearsal/faults.ts';
import { errorOf, useRehearsal } from './support.ts';

describe('the rehearsal X: faults', () => {
  const rehearsal = useRehearsal();
  let client: TwitterApi;

  beforeEach(async () => {
    client = rehearsal.oauth1(
      await rehearsal.current.x.registerAccount({ username: 'comehome_eu', name: 'Come Home' }),
    );
  });

  const cases: [FaultInput, new (...parts: never[]) => Error, number | null, boolean][] = [
    [{ kind: 'reset' }, ApiRequestError, null, false],
    [{ kind: 'reset', moment: 'after' }, ApiRequestError, null, true],
    [{ kind: 'error' }, ApiResponseError, 503, false],
    [{ kind: 'error', moment: 'after', status: 500 }, ApiResponseError, 500, true],
    [{ kind: 'cut-body' }, ApiPartialResponseError, 201, true],
    [{ kind: 'html', status: 502 }, ApiResponseError, 502, false],
    [{ kind: 'html', moment: 'after', status: 504 }, ApiResponseError, 504, true],
    [{ kind: 'unauthorised' }, ApiResponseError, 401, false],
    [{ kind: 'limited', resetInSeconds: 60 }, ApiResponseError, 429, false],
  ];
  for (const [fault, type, status, hasActed] of cases) {
    it(`${fault.kind} ${fault.moment ?? ''} ${hasActed ? 'publishes all the same' : 'publishes nothing'}`, async () => {
      rehearsal.current.x.setFaults([{ ...fault, endpoint: 'createTweet', count: 1 }]);
      const error = await errorOf<ApiResponseError>(client.v2.tweet('Once'));
      expect(error).to.be.instanceOf(type);
      if (status !== null) expect(error.response?.statusCode).to.equal(status);
      const { posts, requests } = rehearsal.current.x.ledger();
      expect(posts).to.have.length(hasActed ? 1 : 0);
      expect(requests.at(-1)).to.include({ endpoint: 'createTweet', hasActed });
      expect(requests.at(-1)?.fault).to.match(new RegExp(`^${fault.kind} (before|after) acting$`));
      await client.v2.tweet('The fault is used up');
    });
  }

  it('tells when a limited window opens again', async () => {
    rehearsal.current.x.setFaults([{ kind: 'limited', resetInSeconds: 120 }]);
    const { rateLimit } = await errorOf<ApiResponseError>(client.v2.me());
    expect(rateLimit).to.include({ remaining: 0 });
    expect(rateLimit?.reset).to.be.closeTo(Date.now() / 1000 + 120, 3);
  });

  for (const moment of ['before', 'after'] as const) {
    it(`publishes late or answers late: slow ${moment} acting, though the client has hung up`, async () => {
      rehearsal.current.x.setFaults([{ kind: 'slow', moment, delayMs: 300, count: 1 }]);
      const error = await errorOf(client.v2.post('tweets', { text: 'Slowly' }, { timeout: 60 }));
      expect(error).to.be.instanceOf(ApiRequestError);
      expect(rehearsal.current.x.ledger().posts).to.have.length(moment === 'before' ? 0 : 1);
      while (rehearsal.current.x.ledger().posts.length === 0)
        await new Promise((resolve) => setImmediate(resolve));
      expect(rehearsal.current.x.ledger().requests.at(-1)?.hasActed).to.equal(true);
    });
  }

  it('hits only the endpoint that it names, until it is cleared', async () => {
    rehearsal.current.x.setFaults([{ kind: 'error', endpoint: 'createTweet' }]);
    await client.v2.me();
    await errorOf(client.v2.tweet('No'));
    await errorOf(client.v2.tweet('No'));
    rehearsal.current.x.clearFaults();
    await client.v2.tweet('Yes');
  });

  it('draws the same lots for the same seed', () => {
    const draw = (seed: string) => {
      const faults = new Faults(seed);
      faults.set([{ kind: 'reset', probability: 0.3 }]);
      return Array.from({ length: 200 }, () => (faults.draw('createTweet') ? 1 : 0) as number);
    };
    expect(draw('one')).to.deep.equal(draw('one'));
    expect(draw('one')).not.to.deep.equal(draw('two'));
    expect(draw('one').reduce((sum, hit) => sum + hit)).to.be.within(35, 85);
  });
});
