import { expect } from 'chai';
import { html, json } from '../scripted.ts';
import { NOW, refusal, SESSION, useScriptedBluesky } from './scripted-bluesky.ts';

const address = (key: number | string) => `at://${SESSION.did}/app.bsky.feed.post/${key}`;

describe('Reading from Bluesky', () => {
  const bluesky = useScriptedBluesky();
  const measure = (ids: string[]) => bluesky.platform.measure(SESSION, ids);

  it('asks for 25 posts at a time and leaves out those that are gone', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => address(index));
    bluesky.play((response, { query }) => {
      const posts = query.getAll('uris').filter((uri) => uri !== address(30));
      json(200, { posts: posts.map((uri) => ({ uri, likeCount: 3, repostCount: 0 })) })(
        response,
        {} as never,
      );
    });
    const outcome = await measure(ids);
    if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
    expect(bluesky.seen.map(({ query }) => query.getAll('uris').length)).to.deep.equal([25, 25, 10]);
    expect(outcome.byRemoteId.size).to.equal(59);
    expect(outcome.byRemoteId.get(address(59))).to.deep.include({
      likes: 3,
      reposts: 0,
      quotes: null,
      impressions: null,
    });
  });

  it('gives no figure, but no failure either, where a server has no application view', async () => {
    const answers = [
      refusal(502, 'UpstreamFailure'),
      refusal(501, 'MethodNotImplemented'),
      json(400, { error: 'InvalidRequest', message: 'No service configured for app.bsky.feed.getPosts' }),
    ];
    for (const answer of answers) {
      bluesky.play(answer);
      const outcome = await measure([address('a')]);
      if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
      expect(new Set(Object.values(outcome.byRemoteId.get(address('a')) ?? {}))).to.deep.equal(
        new Set([null]),
      );
      bluesky.play(answer);
      expect(await bluesky.platform.replies(SESSION, address('a'), null)).to.deep.equal({
        kind: 'read',
        replies: [],
      });
    }
  });

  it('says that figures could not be read, or when they may be', async () => {
    bluesky.play(html(502));
    expect((await measure([address('a')])).kind).to.equal('failed');
    bluesky.play(refusal(429, 'RateLimitExceeded', { 'ratelimit-reset': String(NOW.getTime() / 1000 + 60) }));
    expect(await measure([address('a')])).to.deep.equal({
      kind: 'limited',
      retryAt: new Date('2014-10-14T07:01:00Z'),
    });
  });

  it('reads answers at every depth, skipping its own and what is blocked or gone', async () => {
    const post = (key: string, did: string, indexedAt: string, langs?: string[]) => ({
      uri: address(key),
      author: { did },
      record: { text: `text ${key}`, langs },
      indexedAt,
    });
    const thread = {
      post: post('root', SESSION.did, '2014-10-14T06:00:00.000Z'),
      replies: [
        {
          post: post('a', 'did:plc:a', '2014-10-14T06:10:00.000Z', ['ar']),
          replies: [
            {
              post: post('own', SESSION.did, '2014-10-14T06:20:00.000Z'),
              replies: [{ post: post('b', 'did:plc:b', '2014-10-14T06:30:00.000Z'), replies: [] }],
            },
          ],
        },
        {
          $type: 'app.bsky.feed.defs#blockedPost',
          uri: address('blocked'),
          blocked: true,
          author: { did: 'did:plc:x' },
        },
        { $type: 'app.bsky.feed.defs#notFoundPost', uri: address('gone'), notFound: true },
      ],
    };
    bluesky.play(json(200, { thread }));
    const outcome = await bluesky.platform.replies(SESSION, address('root'), null);
    if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome));
    expect(outcome.replies.map(({ text, language }) => [text, language])).to.deep.equal([
      ['text a', 'ar'],
      ['text b', 'und'],
    ]);
    const later = await bluesky.platform.replies(
      SESSION,
      address('root'),
      new Date('2014-10-14T06:10:00.000Z'),
    );
    expect(later).to.have.nested.property('replies.length', 1);
  });
});
