import { expect } from 'chai';
import type { ApiResponseError, TwitterApi } from 'twitter-api-v2';
import type { XCredentials } from '../../server/rehearsal/x/network.ts';
import { errorOf, useRehearsal } from './support.ts';

const DAY = 24 * 3_600_000;

describe('the rehearsal X: timelines and figures', () => {
  const rehearsal = useRehearsal();
  let credentials: XCredentials;
  let client: TwitterApi;

  beforeEach(async () => {
    credentials = await rehearsal.current.x.registerAccount({ username: 'comehome_eu', name: 'Come Home' });
    client = rehearsal.oauth1(credentials);
  });

  const backdated = (text: string, daysAgo: number) =>
    rehearsal.current.x.publishBackdated({
      username: 'comehome_eu',
      text,
      createdAt: new Date(Date.now() - daysAgo * DAY),
    });

  it('pages through the own timeline, newest first, without loss or repetition', async () => {
    const ids: string[] = [];
    for (let index = 0; index < 13; index += 1)
      ids.unshift((await client.v2.tweet(`Number ${index}`)).data.id);
    const timeline = await client.v2.userTimeline(credentials.userId, { max_results: 5 });
    expect(timeline.tweets.map(({ id }) => id)).to.deep.equal(ids.slice(0, 5));
    await timeline.fetchLast(100);
    expect(timeline.tweets.map(({ id }) => id)).to.deep.equal(ids);
    const second = await (await client.v2.userTimeline(credentials.userId, { max_results: 5 })).next();
    expect((await second.previous()).tweets.map(({ id }) => id)).to.deep.equal(ids.slice(0, 5));
  });

  it('cuts the own timeline by id, by time and by kind', async () => {
    const old = await backdated('From last week', 7);
    const newer = (await client.v2.tweet('From today')).data.id;
    const answer = (await client.v2.reply('And more', newer)).data.id;
    const read = async (options: object) =>
      (await client.v2.userTimeline(credentials.userId, options)).tweets.map(({ id }) => id);
    expect(await read({})).to.deep.equal([answer, newer, old]);
    expect(await read({ since_id: old })).to.deep.equal([answer, newer]);
    expect(await read({ until_id: answer })).to.deep.equal([newer, old]);
    expect(await read({ exclude: ['replies'] })).to.deep.equal([newer, old]);
    expect(await read({ start_time: new Date(Date.now() - DAY).toISOString() })).to.deep.equal([
      answer,
      newer,
    ]);
    expect(await read({ end_time: new Date(Date.now() - DAY).toISOString() })).to.deep.equal([old]);
  });

  it('leaves the data away where there is nothing', async () => {
    const empty = await client.v2.get(`users/${credentials.userId}/tweets`);
    expect(empty).to.deep.equal({ meta: { result_count: 0 } });
    expect(
      (await errorOf<ApiResponseError>(client.v2.userTimeline(credentials.userId, { max_results: 3 }))).code,
    ).to.equal(400);
  });

  it('finds the answers of the audience in a conversation and among the mentions', async () => {
    const id = await backdated('Would you have called? We would like to know.', 3);
    const search = await client.v2.search(`conversation_id:${id} -from:comehome_eu`, {
      max_results: 100,
      'tweet.fields': [
        'author_id',
        'conversation_id',
        'created_at',
        'in_reply_to_user_id',
        'referenced_tweets',
        'lang',
      ],
      expansions: ['author_id'],
    });
    expect(search.tweets.length).to.be.above(0);
    for (const reply of search.tweets) {
      expect(reply.conversation_id).to.equal(id);
      expect(reply.text).to.match(/^@\w+ /);
      expect(reply.lang).to.equal('en');
      expect(search.includes.author(reply)?.username).to.match(/^[a-z]+_\d+$/);
      expect(reply.referenced_tweets?.[0]?.type).to.equal('replied_to');
    }
    const direct = search.tweets.filter((reply) => reply.in_reply_to_user_id === credentials.userId);
    const mentions = await client.v2.userMentionTimeline(credentials.userId, { max_results: 100 });
    expect(mentions.tweets.map((tweet) => tweet.id)).to.have.members(direct.map((tweet) => tweet.id));
    const to = await client.v2.search('to:comehome_eu', { max_results: 100 });
    expect(to.tweets).to.have.length(direct.length);
    const post = await client.v2.singleTweet(id, { 'tweet.fields': ['public_metrics'] });
    expect(post.data.public_metrics?.reply_count).to.equal(direct.length);
  });

  it('shows the same audience after a restart, and finds its answers by id', async () => {
    const id = await backdated('Would you have called?', 3);
    const read = async () =>
      (await rehearsal.oauth1(credentials).v2.search(`conversation_id:${id}`, { max_results: 100 })).tweets;
    const before = await read();
    await rehearsal.reopen();
    const [reply] = before.filter((tweet) => tweet.id !== id);
    expect((await rehearsal.oauth1(credentials).v2.singleTweet(reply!.id)).data.text).to.equal(reply!.text);
    expect(await read()).to.deep.equal(before);
  });

  it('answers back when it is answered, now and then', async () => {
    await rehearsal.current.x.setSpeed(100_000);
    const ids = await Promise.all(
      [1, 2, 3].map((n) => backdated(`Question ${n}: would you have called?`, 3)),
    );
    const answered: string[] = [];
    for (const id of ids) {
      const { tweets } = await client.v2.search(`conversation_id:${id} to:comehome_eu`, { max_results: 100 });
      for (const tweet of tweets.slice(0, 4)) {
        answered.push((await client.v2.reply(`Thank you (${tweet.id})`, tweet.id)).data.id);
      }
    }
    rehearsal.current.x.setClock(new Date(Date.now() + DAY));
    let back = 0;
    for (const id of answered) {
      const { data } = await client.v2.singleTweet(id, { 'tweet.fields': ['public_metrics'] });
      back += data.public_metrics?.reply_count ?? 0;
    }
    expect(back).to.be.within(1, answered.length);
  });

  it('searches only the last seven days and refuses what it does not understand', async () => {
    const id = await backdated('Long ago, would you have called?', 30);
    const search = await client.v2.search(`conversation_id:${id} from:comehome_eu`);
    expect(search.tweets).to.have.length(0);
    expect((await errorOf<ApiResponseError>(client.v2.search('near:Brussels'))).code).to.equal(400);
  });

  const allFigures = { 'tweet.fields': ['public_metrics', 'non_public_metrics', 'organic_metrics'] } as const;

  it('gives all figures of an own, recent post', async () => {
    const id = await backdated('Call: https://example.org/call', 5);
    const { data } = await client.v2.singleTweet(id, { 'tweet.fields': [...allFigures['tweet.fields']] });
    expect(data.public_metrics).to.have.all.keys(
      'retweet_count',
      'reply_count',
      'like_count',
      'quote_count',
      'bookmark_count',
      'impression_count',
    );
    expect(data.public_metrics?.impression_count).to.be.above(100);
    expect(data.non_public_metrics).to.include.keys(
      'impression_count',
      'url_link_clicks',
      'user_profile_clicks',
      'engagements',
    );
    expect(data.organic_metrics?.impression_count).to.equal(data.public_metrics?.impression_count);
  });

  it('denies private figures to others and after 30 days, and leaves such posts out', async () => {
    const fresh = await backdated('Fresh', 5);
    const old = await backdated('Old', 31);
    const fields = { 'tweet.fields': [...allFigures['tweet.fields']] };
    const mine = await client.v2.tweets([fresh, old, '99'], fields);
    expect(mine.data.map(({ id }) => id)).to.deep.equal([fresh]);
    expect(mine.errors?.map(({ title }) => title)).to.deep.equal([
      'Not Found Error',
      'Field Authorization Error',
      'Field Authorization Error',
    ]);
    const neighbour = rehearsal.oauth1(
      await rehearsal.current.x.registerAccount({ username: 'neighbour', name: 'N' }),
    );
    expect((await neighbour.v2.tweets([fresh], fields)).data).to.equal(undefined);
    expect(
      (await neighbour.v2.tweets([fresh, old], { 'tweet.fields': ['public_metrics'] })).data,
    ).to.have.length(2);
  });

  it('lets figures grow faster with the speed', async () => {
    const { id } = (await client.v2.tweet('Would you have called?')).data;
    const views = async () =>
      (await client.v2.singleTweet(id, { 'tweet.fields': ['public_metrics'] })).data.public_metrics
        ?.impression_count ?? 0;
    expect(await views()).to.equal(0);
    await rehearsal.current.x.setSpeed(100_000);
    while ((await views()) < 50) await new Promise((resolve) => setImmediate(resolve));
  });

  it('counts requests and says so in the headers', async () => {
    rehearsal.current.x.setLimits({ endpoints: { createTweet: { perUser: 2 } } });
    await client.v2.tweet('One');
    const { rateLimit } = await client.v2.post('tweets', { text: 'Two' }, { fullResponse: true });
    expect(rateLimit).to.deep.include({ limit: 2, remaining: 0 });
    expect(rateLimit?.reset).to.be.closeTo(Date.now() / 1000 + 900, 5);
    expect(rateLimit?.day).to.include({ limit: 10_000, remaining: 9_998 });
    expect(rateLimit?.userDay).to.include({ limit: 2_400, remaining: 2_398 });
    const error = await errorOf<ApiResponseError>(client.v2.tweet('Three'));
    expect(error.code).to.equal(429);
    expect(error.data).to.include({ title: 'Too Many Requests' });
    rehearsal.current.x.setClock(new Date(Date.now() + 16 * 60_000));
    await client.v2.tweet('Three');
  });
});
