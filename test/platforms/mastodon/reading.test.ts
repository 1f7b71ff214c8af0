import { expect } from 'chai';
import { html, json } from '../scripted.ts';
import { aStatus, KEYS, NOW, useScriptedMastodon } from './scripted-mastodon.ts';

const post = {
  text: 'Ask @comehome@social.example & call:\n\nhttps://example.org/help/a-long-address-of-a-page #Home',
  language: 'en',
  deliveryKey: 'd',
  sentAfter: NOW,
};
const content =
  '<p>Ask <span class="h-card"><a href="https://social.example/@comehome" class="u-url mention">@<span>comehome</span></a></span> &amp; call:</p>' +
  '<p><a href="https://example.org/help/a-long-address-of-a-page" rel="nofollow"><span class="invisible">https://</span>' +
  '<span class="ellipsis">example.org/help/a-long-address</span><span class="invisible">-of-a-page</span></a> ' +
  '<a href="https://social.example/tags/home" class="mention hashtag">#<span>Home</span></a></p>';

describe('Reading from Mastodon', () => {
  const mastodon = useScriptedMastodon();
  const readBack = (more: Partial<typeof post> & { images?: [] } = {}) =>
    mastodon.platform.readBack(KEYS, { ...post, ...more });

  describe('back what was sent', () => {
    it('recognises its text in the server’s HTML', async () => {
      mastodon.play(json(200, [aStatus({ content })]), json(200, []));
      expect(await readBack()).to.deep.equal({
        kind: 'found',
        remoteId: '99',
        remoteUrl: 'https://social.example/@comehome/99',
        publishedAt: NOW,
        copies: 1,
      });
      expect(mastodon.seen[0]?.path).to.equal('/api/v1/accounts/77/statuses');
    });

    it('recognises it in the plain text that some makes give', async () => {
      mastodon.play(json(200, [aStatus({ content: '<div>?</div>', text: post.text })]), json(200, []));
      expect((await readBack()).kind).to.equal('found');
    });

    it('counts copies over all pages, however small, and names the first', async () => {
      mastodon.play(
        json(200, [aStatus({ id: '9', content, created_at: '2014-10-14T07:05:00Z' })]),
        json(200, [aStatus({ id: '8', content, created_at: '2014-10-14T07:04:00+00:00' })]),
        json(200, [aStatus({ id: '7', created_at: '2014-10-14T06:00:00Z' })]),
      );
      expect(await readBack()).to.deep.include({ kind: 'found', remoteId: '8', copies: 2 });
      expect(mastodon.seen.map(({ query }) => query.get('max_id'))).to.deep.equal([null, '9', '8']);
    });

    it('does not take another post for its own', async () => {
      for (const other of [
        { content: '<p>Another text</p>' },
        { content, created_at: '2014-10-14T06:30:00Z' },
        { content, media_attachments: [{ id: '1' }] },
        { content, in_reply_to_id: '5' },
        { content, reblog: aStatus() },
      ]) {
        mastodon.play(json(200, [aStatus(other)]), json(200, []));
        expect(await readBack(), JSON.stringify(other)).to.deep.equal({ kind: 'absent' });
      }
    });

    it('says absent only after a whole, sensible answer', async () => {
      for (const script of [html(200), json(200, { statuses: [] }), html(502), json(200, [{ id: 1 }])]) {
        mastodon.play(script);
        expect((await readBack()).kind).to.equal('failed');
      }
      // A server that repeats its page for ever must not be believed either.
      mastodon.play(json(200, [aStatus()]));
      expect((await readBack()).kind).to.equal('failed');
    });

    it('asks whose statuses these are when the credential does not say', async () => {
      mastodon.play(json(200, { id: '77', username: 'comehome' }), json(200, []));
      const { remoteId: _, ...keys } = KEYS;
      expect(await mastodon.platform.readBack(keys, post)).to.deep.equal({ kind: 'absent' });
    });
  });

  describe('figures', () => {
    const figures = { favourites_count: 3, reblogs_count: 2, replies_count: 1 };

    it('reads several at once; what is missing is not measured', async () => {
      mastodon.play(
        json(200, [aStatus({ id: '1', ...figures, quotes_count: 0 }), aStatus({ id: '2', ...figures })]),
      );
      const outcome = await mastodon.platform.measure(KEYS, ['1', '2']);
      if (outcome.kind !== 'measured') throw new Error(outcome.kind);
      expect(outcome.byRemoteId.get('1')).to.deep.equal({
        ...{ impressions: null, likes: 3, reposts: 2, replies: 1, quotes: 0 },
        ...{ bookmarks: null, linkClicks: null, profileClicks: null },
      });
      expect(outcome.byRemoteId.get('2')).to.include({ likes: 3, quotes: null });
      expect(mastodon.seen[0]?.query.getAll('id[]')).to.deep.equal(['1', '2']);
    });

    it('asks one by one where a server cannot do more, and leaves out what is gone', async () => {
      mastodon.play(html(404), json(200, aStatus({ id: '1', ...figures })), html(404));
      const outcome = await mastodon.platform.measure(KEYS, ['1', '2']);
      if (outcome.kind !== 'measured') throw new Error(outcome.kind);
      expect([...outcome.byRemoteId.keys()]).to.deep.equal(['1']);
    });

    it('does not take a server’s trouble for the end of a post', async () => {
      mastodon.play(json(200, []), html(503));
      expect((await mastodon.platform.measure(KEYS, ['1', '2'])).kind).to.equal('failed');
      const reset = new Date('2014-10-14T07:04:00Z');
      mastodon.play(json(429, {}, { 'x-ratelimit-reset': reset.toISOString() }));
      expect(await mastodon.platform.measure(KEYS, ['1'])).to.deep.equal({ kind: 'limited', retryAt: reset });
    });
  });

  it('reads what others answered since, never the account itself', async () => {
    const reply = {
      content: '<p><span>@comehome</span> My brother<br>left &lt;in May&gt;.</p>',
      account: { id: '4711' },
      language: null,
    };
    const descendants = [
      aStatus({ id: '1', ...reply, created_at: '2014-10-14T05:00:00Z' }),
      aStatus({ id: '2', ...reply, created_at: '2014-10-14T06:30:00Z' }),
      aStatus({ id: '3', created_at: '2014-10-14T06:40:00Z' }),
    ];
    mastodon.play(json(200, { ancestors: [aStatus()], descendants }));
    const since = new Date('2014-10-14T06:00:00Z');
    expect(await mastodon.platform.replies(KEYS, '99', since)).to.deep.equal({
      kind: 'read',
      replies: [
        {
          remoteId: '2',
          authorRemoteId: '4711',
          text: '@comehome My brother\nleft <in May>.',
          language: 'und',
          createdAt: new Date('2014-10-14T06:30:00Z'),
        },
      ],
    });
  });

  it('knows whose token it holds and what the server allows, if the server says so', async () => {
    const me = json(200, { id: '77', username: 'comehome', acct: 'comehome', display_name: '' });
    const statuses = { max_characters: 5000, max_media_attachments: 4, characters_reserved_per_url: 25 };
    const known = {
      kind: 'known',
      remoteId: '77',
      handle: 'comehome@social.example',
      displayName: 'comehome',
    };
    mastodon.play(
      me,
      json(200, { configuration: { statuses, media_attachments: { description_limit: 'x' } } }),
    );
    expect(await mastodon.platform.whoAmI(KEYS)).to.deep.equal({
      ...known,
      limits: { text: 5000, link: 25, images: 4, imageBytes: null, altText: null },
    });
    for (const silent of [json(200, { title: 'Without' }), html(404), html(500)]) {
      mastodon.play(me, silent);
      expect(await mastodon.platform.whoAmI(KEYS)).to.deep.equal(known);
    }
    mastodon.play(json(401, { error: 'The access token is invalid' }));
    expect(await mastodon.platform.whoAmI(KEYS)).to.have.property('kind', 'unauthorised');
    mastodon.play(html(502));
    expect(await mastodon.platform.whoAmI(KEYS)).to.have.property('kind', 'failed');
  });

  it('does not believe a page that a post is gone, unless the post itself is not there', async () => {
    mastodon.play(html(404), json(200, aStatus()));
    expect((await mastodon.platform.withdraw(KEYS, '99')).kind).to.equal('refused');
    mastodon.play(html(404), html(404));
    expect((await mastodon.platform.withdraw(KEYS, '99')).kind).to.equal('accepted');
    expect(mastodon.seen.map(({ method }) => method)).to.deep.equal(['DELETE', 'GET', 'DELETE', 'GET']);
  });
});
