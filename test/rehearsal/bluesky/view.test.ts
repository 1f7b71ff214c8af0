import { jsonToLex, lexicons } from '@atproto/api';
import { expect } from 'chai';
import { png } from '../support.ts';
import { validPage } from '../valid-page.ts';
import { useBlueskyRehearsal } from './support.ts';

describe('the rehearsal Bluesky: what people see', () => {
  const bluesky = useBlueskyRehearsal();
  const { ask } = bluesky;
  const page = (path: string) => validPage(`${bluesky.rehearsal.current.url}${path}`);
  let root: string;

  beforeEach(async () => {
    root = await bluesky.rehearsal.current.bluesky.publishBackdated({
      username: 'come_home',
      text: 'Would you have called? <b> #comehome',
      createdAt: new Date(Date.now() - 3 * 86_400_000),
      media: [{ base64: png.toString('base64'), altText: 'A "lit" window' }],
    });
  });

  it('is told in the forms of the lexicons, with an audience that answers', async () => {
    const { body } = await ask('app.bsky.feed.getPosts', { params: { uris: [root, `${root}x`] } });
    const [post] = body.posts as Record<string, unknown>[];
    expect(body.posts).to.have.length(1);
    expect(post?.likeCount).to.be.a('number').that.is.greaterThan(0);
    expect(post).to.have.nested.property('author.handle', 'come-home.bsky.test');
    expect(post).to.have.nested.property('embed.images[0].alt', 'A "lit" window');
    const thread = await ask('app.bsky.feed.getPostThread', { params: { uri: root } });
    const replies = (thread.body.thread as { replies: { post: { record: object; uri: string } }[] }).replies;
    expect(replies).not.to.be.empty;
    for (const reply of replies) {
      expect(lexicons.validate('app.bsky.feed.post', jsonToLex(reply.post.record as never)).success).to.equal(
        true,
      );
    }
    const [first] = replies;
    const looked = await ask('app.bsky.feed.getPosts', { params: { uris: [first?.post.uri] } });
    expect(looked.body.posts).to.have.length(1);
  });

  it('has profiles and feeds', async () => {
    const profile = await ask('app.bsky.actor.getProfile', { params: { actor: 'come-home.bsky.test' } });
    expect(profile.body).to.include({ did: bluesky.keys.did, displayName: 'Come <Home>', postsCount: 1 });
    const feed = await ask('app.bsky.feed.getAuthorFeed', { params: { actor: bluesky.keys.did } });
    expect(feed.body.feed).to.have.length(1);
    expect(
      (await ask('com.atproto.identity.resolveHandle', { params: { handle: 'come-home.bsky.test' } })).body,
    ).to.include({
      did: bluesky.keys.did,
    });
    expect((await ask('com.atproto.server.describeServer')).status).to.equal(200);
    expect((await ask('app.bsky.feed.getTimeline')).body).to.deep.equal({
      error: 'InvalidRequest',
      message: 'No service configured for app.bsky.feed.getTimeline',
    });
  });

  it('is one conversation when an account answers the audience, which may answer back', async () => {
    const thread = await ask('app.bsky.feed.getPostThread', { params: { uri: root } });
    const [first] = (thread.body.thread as { replies: { post: { uri: string } }[] }).replies;
    const answer = await bluesky.rehearsal.current.bluesky.publishBackdated({
      username: 'come_home',
      text: 'We hear you.',
      createdAt: new Date(Date.now() - 86_400_000),
      replyTo: first?.post.uri ?? '',
    });
    const all = await ask('app.bsky.feed.getPostThread', { params: { uri: root, depth: 10 } });
    expect(JSON.stringify(all.body)).to.include(answer);
  });

  it('stands on pages: only what the record marks is a link', async () => {
    await bluesky.put({
      $type: 'app.bsky.feed.post',
      text: '👋 call us https://example.org/a or https://example.org/b',
      createdAt: new Date().toISOString(),
      facets: [
        {
          index: { byteStart: 13, byteEnd: 34 },
          features: [{ $type: 'app.bsky.richtext.facet#link', uri: 'https://example.org/a' }],
        },
      ],
    });
    const html = await page('/rehearsal/bluesky');
    expect(html).to.contain('Bluesky, as people would see it').and.contain('&lt;b&gt; #comehome');
    expect(html.match(/<a href="https:\/\/example.org\/a" rel="nofollow noreferrer">/g)).to.have.length(1);
    expect(html).not.to.contain('href="https://example.org/b"');
    expect(html).to.contain('alt="A &quot;lit&quot; window"').and.contain('Come &lt;Home&gt;');
    const picture = /src="(\/rehearsal\/bluesky\/media\/[^"]+)"/.exec(html)?.[1];
    const bytes = await fetch(`${bluesky.rehearsal.current.url}${picture}`).then((one) => one.arrayBuffer());
    expect(Buffer.from(bytes).equals(png)).to.equal(true);
  });

  it('stands on pages: a conversation under the address of the real app, an account, the settings', async () => {
    const { url } = bluesky.rehearsal.current;
    const [, , did, , key] = root.split('/');
    for (const actor of [did, 'come-home.bsky.test']) {
      const address = (
        await fetch(`${url}/profile/${actor}/post/${key}`, { redirect: 'manual' })
      ).headers.get('location');
      expect(await page(address ?? ''))
        .to.contain('Conversation with @come-home.bsky.test')
        .and.contain('class="depth-1"');
    }
    expect(await page('/rehearsal/bluesky/come-home.bsky.test')).to.contain('1 post');
    expect(await page('/rehearsal/bluesky/settings'))
      .to.contain('No faults')
      .and.contain('>putRecord<');
    expect(await page('/rehearsal/bluesky/nobody.bsky.test')).to.contain('no account of that name');
    expect(await page('/rehearsal/bluesky/posts/nothing-here')).to.contain('was never published');
  });
});
