import { expect } from 'chai';
import { json } from '../scripted.ts';
import { KEYS, NOW, problem, useScriptedX } from './scripted-x.ts';

const at = '2014-10-14T06:58:01.000Z';
const sent = {
  text: 'Call us — free & safe: https://help.example/line',
  language: 'en',
  deliveryKey: 'delivery-1',
  sentAfter: new Date('2014-10-14T06:58:00Z'),
};
const shown = {
  id: '5',
  created_at: at,
  text: 'Call us — free &amp; safe: https://t.co/abc123',
  entities: { urls: [{ url: 'https://t.co/abc123', expanded_url: 'https://help.example/line' }] },
};

describe('Reading from X', () => {
  const x = useScriptedX();

  describe('back what was sent', () => {
    it('recognises its text behind shortened addresses and escaped signs', async () => {
      x.play(json(200, { data: [{ id: '6', created_at: at, text: 'Something else' }, shown], meta: {} }));
      expect(await x.platform.readBack(KEYS, sent)).to.deep.equal({
        kind: 'found',
        remoteId: '5',
        remoteUrl: 'https://x.com/i/web/status/5',
        publishedAt: new Date(at),
        copies: 1,
      });
      expect(x.seen[0]?.path).to.equal('/2/users/77/tweets');
      expect(x.seen[0]?.query.get('start_time')).to.equal('2014-10-14T06:56:00Z');
    });

    it('tells the same text apart by its images and by what it answers', async () => {
      const picture = { url: 'https://t.co/pic', expanded_url: 'https://x.com/comehome/status/5/photo/1' };
      const withImage = {
        ...shown,
        text: `${shown.text} https://t.co/pic`,
        entities: { urls: [...shown.entities.urls, picture] },
        attachments: { media_keys: ['3_1'] },
      };
      const answer = { ...shown, referenced_tweets: [{ type: 'replied_to', id: '4' }] };
      const images = [{ bytes: new Uint8Array(), mimeType: 'image/png', altText: 'A door' }];
      const kindOf = async (post: object, request: object) => {
        x.play(json(200, { data: [post], meta: {} }));
        return (await x.platform.readBack(KEYS, { ...sent, ...request })).kind;
      };
      expect(await kindOf(withImage, { images })).to.equal('found');
      expect(await kindOf(withImage, {})).to.equal('absent');
      expect(await kindOf(shown, { images })).to.equal('absent');
      expect(await kindOf(answer, { continues: { parent: '4', root: '4' } })).to.equal('found');
      expect(await kindOf(answer, {})).to.equal('absent');
      expect(await kindOf(shown, { continues: { parent: '4', root: '4' } })).to.equal('absent');
    });

    it('counts copies over all pages and names the first', async () => {
      const later = { ...shown, id: '9', created_at: '2014-10-14T06:59:01.000Z' };
      x.play(
        json(200, { data: [later], meta: { next_token: 'more' } }),
        json(200, { data: [shown], meta: { result_count: 1 } }),
      );
      expect(await x.platform.readBack(KEYS, sent)).to.deep.include({ remoteId: '5', copies: 2 });
      expect(x.seen[1]?.query.get('pagination_token')).to.equal('more');
    });

    it('says absent only after a whole, sensible answer', async () => {
      x.play(json(200, { meta: { result_count: 0 } }));
      expect(await x.platform.readBack(KEYS, sent)).to.deep.equal({ kind: 'absent' });
      x.play(problem(503, 'Over capacity'));
      expect(await x.platform.readBack(KEYS, sent)).to.have.property('kind', 'failed');
      x.play(json(200, { data: [{ id: 5 }] }));
      expect(await x.platform.readBack(KEYS, sent)).to.have.property('kind', 'failed');
    });

    it('asks whose timeline it is when the credential does not say', async () => {
      const { remoteId: _, ...unnamed } = KEYS;
      x.play(json(200, { data: { id: '77', username: 'comehome', name: 'Come Home' } }), json(200, {}));
      expect(await x.platform.readBack(unnamed, sent)).to.deep.equal({ kind: 'absent' });
      expect(x.seen.map(({ path }) => path)).to.deep.equal(['/2/users/me', '/2/users/77/tweets']);
    });
  });

  describe('figures', () => {
    const figures = {
      like_count: 3,
      reply_count: 1,
      quote_count: 0,
      bookmark_count: 2,
      impression_count: 900,
    };
    const own = { impression_count: 900, url_link_clicks: 12, user_profile_clicks: 4 };

    it('understands both names of a repost, and null is not measured', async () => {
      const data = [
        { id: '1', public_metrics: { ...figures, retweet_count: 7 }, non_public_metrics: own },
        { id: '2', public_metrics: { ...figures, repost_count: 8 } },
        { id: '3', public_metrics: { like_count: 'many' } },
      ];
      x.play(json(200, { data }));
      const outcome = await x.platform.measure(KEYS, ['1', '2', '3']);
      if (outcome.kind !== 'measured') throw new Error(outcome.kind);
      expect(outcome.byRemoteId.get('1')).to.deep.equal({
        impressions: 900,
        likes: 3,
        reposts: 7,
        replies: 1,
        quotes: 0,
        bookmarks: 2,
        linkClicks: 12,
        profileClicks: 4,
      });
      expect(outcome.byRemoteId.get('2')).to.include({ reposts: 8, linkClicks: null, profileClicks: null });
      expect(Object.values(outcome.byRemoteId.get('3') ?? {})).to.deep.equal(Array(8).fill(null));
    });

    it('asks again for the public figures of posts too old for clicks, and leaves out what is gone', async () => {
      const gone = { resource_id: '3', type: 'https://api.twitter.com/2/problems/resource-not-found' };
      const withheld = { resource_id: '2', type: 'https://api.twitter.com/2/problems/field-unauthorized' };
      x.play(
        json(200, {
          data: [{ id: '1', public_metrics: figures, non_public_metrics: own }],
          errors: [withheld, gone],
        }),
        json(200, { data: [{ id: '2', public_metrics: figures }] }),
      );
      const outcome = await x.platform.measure(KEYS, ['1', '2', '3']);
      if (outcome.kind !== 'measured') throw new Error(outcome.kind);
      expect([...outcome.byRemoteId.keys()]).to.deep.equal(['1', '2']);
      expect(x.seen[1]?.query.get('ids')).to.equal('2');
      expect(x.seen[1]?.query.get('tweet.fields')).to.equal('public_metrics');
    });

    it('says when it is limited', async () => {
      const reset = new Date('2014-10-14T07:10:00Z');
      x.play(
        json(429, { title: 'Too Many Requests' }, { 'x-rate-limit-reset': String(reset.getTime() / 1000) }),
      );
      expect(await x.platform.measure(KEYS, ['1'])).to.deep.equal({ kind: 'limited', retryAt: reset });
    });
  });

  describe('replies', () => {
    const reply = { id: '8', text: 'My brother left in May.', author_id: '4711', created_at: at, lang: 'en' };

    it('returns what others answered, never the account itself', async () => {
      x.play(json(200, { data: [reply, { ...reply, id: '9', author_id: '77' }], meta: { result_count: 2 } }));
      const outcome = await x.platform.replies(KEYS, '5', new Date('2014-10-14T06:00:00Z'));
      if (outcome.kind !== 'read') throw new Error(outcome.kind);
      expect(outcome.replies).to.deep.equal([
        { remoteId: '8', authorRemoteId: '4711', text: reply.text, language: 'en', createdAt: new Date(at) },
      ]);
      expect(x.seen[0]?.query.get('query')).to.equal('conversation_id:5 is:reply');
      expect(x.seen[0]?.query.get('start_time')).to.equal('2014-10-14T06:00:00Z');
    });

    it('does not ask for more than the seven days that the network searches', async () => {
      x.play(json(200, { meta: { result_count: 0 } }));
      await x.platform.replies(KEYS, '5', new Date(NOW.getTime() - 8 * 24 * 3_600_000));
      expect(x.seen[0]?.query.has('start_time')).to.equal(false);
    });
  });

  it('knows whose credential it holds', async () => {
    x.play(json(200, { data: { id: '77', username: 'comehome', name: 'Come Home' } }));
    expect(await x.platform.whoAmI(KEYS)).to.deep.equal({
      kind: 'known',
      remoteId: '77',
      handle: 'comehome',
      displayName: 'Come Home',
    });
    x.play(problem(401, 'Unauthorized'));
    expect(await x.platform.whoAmI(KEYS)).to.have.property('kind', 'unauthorised');
    x.play(problem(500, 'Sorry'));
    expect(await x.platform.whoAmI(KEYS)).to.have.property('kind', 'failed');
  });

  it('deletes a post, and again when it is already gone', async () => {
    x.play(json(200, { data: { deleted: true } }), problem(404, 'Not found'), problem(503, 'Sorry'));
    expect(await x.platform.withdraw(KEYS, '5')).to.include({ kind: 'accepted', remoteId: '5' });
    expect(await x.platform.withdraw(KEYS, '5')).to.have.property('kind', 'accepted');
    expect(await x.platform.withdraw(KEYS, '5')).to.have.property('kind', 'unknown');
    expect(x.seen[0]).to.include({ method: 'DELETE', path: '/2/tweets/5' });
  });
});
