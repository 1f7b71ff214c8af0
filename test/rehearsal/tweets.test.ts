import { expect } from 'chai';
import type { ApiResponseError } from 'twitter-api-v2';
import { errorOf, useRehearsal } from './support.ts';

describe('the rehearsal X: tweets', () => {
  const rehearsal = useRehearsal();

  async function account(username = 'comehome_eu') {
    return rehearsal.current.x.registerAccount({ username, name: 'Come Home' });
  }

  for (const kind of ['oauth1', 'oauth2'] as const) {
    it(`publishes, finds and deletes with ${kind}`, async () => {
      const client = rehearsal[kind](await account());
      expect((await client.v2.me()).data).to.include({ username: 'comehome_eu', name: 'Come Home' });

      const { data } = await client.v2.tweet('You can still call. Any hour, no names.');
      expect(data.id).to.match(/^\d{15,19}$/);
      const found = await client.v2.singleTweet(data.id, {
        'tweet.fields': ['created_at', 'lang', 'author_id'],
      });
      expect(found.data).to.include({ text: 'You can still call. Any hour, no names.', lang: 'en' });

      expect((await client.v2.deleteTweet(data.id)).data.deleted).to.equal(true);
      const gone = await client.v2.tweets([data.id]);
      expect(gone.data).to.equal(undefined);
      expect(gone.errors?.[0]).to.include({ resource_id: data.id, title: 'Not Found Error' });
    });
  }

  it('refuses a signature that does not fit', async () => {
    const credentials = await account();
    const client = rehearsal.with({ ...credentials.oauth1, accessSecret: 'wrong' });
    const error = await errorOf<ApiResponseError>(client.v2.tweet('Not from us'));
    expect(error.code).to.equal(401);
    expect(error.data).to.include({ title: 'Unauthorized', status: 401 });
    expect(rehearsal.current.x.ledger().posts).to.have.length(0);
  });

  it('refuses the same text again, as the network words it, until it is deleted', async () => {
    const client = rehearsal.oauth1(await account());
    const { data } = await client.v2.tweet('Three mothers, one question.');
    const error = await errorOf<ApiResponseError>(client.v2.tweet('Three mothers,  one question. '));
    expect(error.code).to.equal(403);
    expect(error.data).to.deep.equal({
      title: 'Forbidden',
      detail: 'You are not allowed to create a Tweet with duplicate content.',
      type: 'about:blank',
      status: 403,
    });
    await client.v2.deleteTweet(data.id);
    await client.v2.tweet('Three mothers, one question.');
  });

  it('lets a double through when the duplicate window is closed, and the ledger tells', async () => {
    rehearsal.current.x.setLimits({ duplicateWindowMinutes: 0 });
    const client = rehearsal.oauth1(await account());
    const one = await client.v2.tweet('Twice');
    const two = await client.v2.tweet('Twice');
    expect(rehearsal.current.x.ledger().doubled).to.deep.equal([
      { username: 'comehome_eu', text: 'Twice', replyTo: null, ids: [one.data.id, two.data.id] },
    ]);
    expect(BigInt(two.data.id) > BigInt(one.data.id)).to.equal(true);
  });

  it('refuses properties that the specification does not know', async () => {
    const client = rehearsal.oauth1(await account());
    const error = await errorOf<ApiResponseError>(client.v2.post('tweets', { text: 'Hello', when: 'now' }));
    expect(error.code).to.equal(400);
    expect(JSON.stringify(error.data.errors)).to.contain('$.when');
  });

  const family = '👨‍👩‍👧‍👦';
  const handshake = '🫱🏻‍🫲🏿';
  const lengths: [string, string, boolean][] = [
    ['280 letters', 'a'.repeat(280), true],
    ['281 letters', 'a'.repeat(281), false],
    ['a long link and 256 letters', `${'a'.repeat(256)} https://example.org/${'b'.repeat(200)}`, true],
    ['a link and 257 letters', `${'a'.repeat(257)} https://example.org/`, false],
    ['140 joined emoji', family.repeat(140), true],
    ['140 newer joined emoji', handshake.repeat(140), true],
    ['141 newer joined emoji', handshake.repeat(141), false],
    ['140 Chinese characters', '家'.repeat(140), true],
    ['141 Chinese characters', '家'.repeat(141), false],
    ['no text', '   ', false],
  ];
  for (const [name, text, isTaken] of lengths) {
    it(`${isTaken ? 'takes' : 'refuses'} ${name}`, async () => {
      const client = rehearsal.oauth2(await account());
      if (isTaken) await client.v2.tweet(text);
      else expect((await errorOf<ApiResponseError>(client.v2.tweet(text))).code).to.be.oneOf([400, 403]);
    });
  }

  it('shows links as short links with their target in the entities, and escapes like the API', async () => {
    const client = rehearsal.oauth1(await account());
    const { data } = await client.v2.tweet('Ask & listen 👋 https://example.org/help?d=1 #comehome');
    expect(data.text).to.match(/^Ask &amp; listen 👋 https:\/\/t\.co\/\w{10} #comehome$/);
    const found = await client.v2.singleTweet(data.id, { 'tweet.fields': ['entities'] });
    const [link] = found.data.entities?.urls ?? [];
    expect(link).to.include({
      expanded_url: 'https://example.org/help?d=1',
      display_url: 'example.org/help?d=1',
    });
    expect([...found.data.text].slice(link!.start, link!.end).join('')).to.equal(link!.url);
  });

  it('answers only those who turned to the account', async () => {
    const ours = rehearsal.oauth1(await account());
    const theirs = rehearsal.oauth1(await account('neighbour'));
    const stranger = await theirs.v2.tweet('Nothing to do with you');
    const mention = await theirs.v2.tweet('What do you think, @ComeHome_EU?');
    const refused = await errorOf<ApiResponseError>(ours.v2.reply('Hello', stranger.data.id));
    expect(refused.code).to.equal(403);
    const reply = await ours.v2.reply('Thank you for asking', mention.data.id);
    const found = await ours.v2.singleTweet(reply.data.id, {
      'tweet.fields': ['conversation_id', 'referenced_tweets', 'in_reply_to_user_id'],
      expansions: ['referenced_tweets.id', 'author_id'],
    });
    expect(found.data.conversation_id).to.equal(mention.data.id);
    expect(found.data.referenced_tweets).to.deep.equal([{ type: 'replied_to', id: mention.data.id }]);
    expect(found.includes?.tweets?.[0]?.id).to.equal(mention.data.id);
    expect(found.includes?.users?.[0]?.username).to.equal('comehome_eu');
  });

  it('keeps the switches of the specification in the ledger', async () => {
    const client = rehearsal.oauth1(await account());
    await client.v2.post('tweets', {
      text: 'Made with care',
      made_with_ai: true,
      reply_settings: 'mentionedUsers',
    });
    const [post] = rehearsal.current.x.ledger('ComeHome_EU').posts;
    expect(post?.options).to.deep.equal({ made_with_ai: true, reply_settings: 'mentionedUsers' });
  });

  it('deletes nothing of others', async () => {
    const ours = rehearsal.oauth1(await account());
    const { data } = await ours.v2.tweet('Ours');
    const theirs = rehearsal.oauth1(await account('neighbour'));
    expect((await errorOf<ApiResponseError>(theirs.v2.deleteTweet(data.id))).code).to.equal(403);
    expect((await errorOf<ApiResponseError>(ours.v2.deleteTweet('123'))).code).to.equal(404);
  });
});
