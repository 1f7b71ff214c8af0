import { expect } from 'chai';
import { cidOfBytes, cidOfRecord } from '../../../server/rehearsal/bluesky/cid.ts';
import { encodeDagCbor } from '../../../server/rehearsal/bluesky/dag-cbor.ts';
import { png } from '../support.ts';
import { useBlueskyRehearsal } from './support.ts';

const POSTS = 'app.bsky.feed.post';
const hello = { $type: POSTS, text: 'hello', createdAt: '2026-11-24T09:00:00.000Z' };

/** The ids and answers are those of Bluesky's own server (@atproto/pds 0.4.184) for the same requests. */
describe('the rehearsal Bluesky: records', () => {
  const bluesky = useBlueskyRehearsal();
  const { ask, put } = bluesky;

  it('have the content ids of the real network', () => {
    expect(cidOfRecord(hello)).to.equal('bafyreicb77swkpd357hoavbl5v4dh2xitt3rrvtr445vot7kikiyvq3cny');
    expect(cidOfBytes(png)).to.equal('bafkreidlp6sdj6jkroakvmbntpy2clsj77foijheae5byt3iwz7d2k542a');
  });

  it('are encoded in the one form that the network allows', () => {
    const hex = (value: unknown) => encodeDagCbor(value).toString('hex');
    // From RFC 8949, appendix A.
    expect([0, 23, 24, 100, 1000, 1_000_000, 1_000_000_000_000].map(hex)).to.deep.equal([
      '00',
      '17',
      '1818',
      '1864',
      '1903e8',
      '1a000f4240',
      '1b000000e8d4a51000',
    ]);
    expect([-1, -10, -1000].map(hex)).to.deep.equal(['20', '29', '3903e7']);
    expect([false, true, null, 'ü', '水'].map(hex)).to.deep.equal(['f4', 'f5', 'f6', '62c3bc', '63e6b0b4']);
    expect(hex([1, [2, 3]])).to.equal('8201820203');
    expect(hex({ bb: 1, a: 2, b: undefined })).to.equal('a261610262626201');
    expect(hex({ $bytes: 'AQI=' })).to.equal('420102');
    expect(() => encodeDagCbor({ share: 0.5 })).to.throw(RangeError);
  });

  it('are put once: the same again changes nothing, another is turned away', async () => {
    const first = await put(hello);
    expect(first).to.deep.include({ status: 200 });
    expect(first.body).to.include({
      uri: `at://${bluesky.keys.did}/${POSTS}/3m6eackqu4lmz`,
      cid: cidOfRecord(hello),
    });
    expect((await put(hello)).body).to.deep.include({ uri: first.body.uri, cid: first.body.cid });
    const other = await put({ ...hello, text: 'other' });
    expect(other).to.deep.include({
      status: 400,
      body: { error: 'InvalidSwap', message: `Record was at ${first.body.cid}` },
    });
    expect(bluesky.rehearsal.current.bluesky.ledger().posts).to.have.length(1);
  });

  it('are replaced when the version that is there is named, but people go on seeing the first', async () => {
    const { body } = await put(hello);
    const replaced = await put({ ...hello, text: 'other' }, { swapRecord: body.cid });
    expect(replaced.status).to.equal(200);
    expect(replaced.body.cid).not.to.equal(body.cid);
    expect(bluesky.rehearsal.current.bluesky.ledger().posts.map(({ text }) => text)).to.deep.equal(['hello']);
  });

  it('are created under a key of the server, and never in the place of another', async () => {
    const input = { repo: bluesky.keys.did, collection: POSTS, record: hello };
    const [one, two] = await Promise.all([1, 2].map(() => ask('com.atproto.repo.createRecord', { input })));
    expect(one?.body.uri).not.to.equal(two?.body.uri);
    const taken = { ...input, rkey: String(one?.body.uri).split('/').at(-1) };
    expect((await ask('com.atproto.repo.createRecord', { input: taken })).status).to.equal(500);
    const listed = await ask('com.atproto.repo.listRecords', {
      params: { repo: bluesky.keys.handle, collection: POSTS, limit: 1 },
      token: '',
    });
    expect(listed.body.records).to.have.length(1);
    const rest = await ask('com.atproto.repo.listRecords', {
      params: { repo: bluesky.keys.did, collection: POSTS, cursor: String(listed.body.cursor) },
    });
    expect(rest.body.records).to.have.length(1);
  });

  it('are deleted as often as one asks', async () => {
    const { body } = await put(hello);
    const [, , repo, collection, rkey] = String(body.uri).split('/');
    for (const _ of [1, 2]) {
      expect(
        (await ask('com.atproto.repo.deleteRecord', { input: { repo, collection, rkey } })).status,
      ).to.equal(200);
    }
    const gone = await ask('com.atproto.repo.getRecord', { params: { repo, collection, rkey } });
    expect(gone).to.deep.include({
      status: 400,
      body: { error: 'RecordNotFound', message: `Could not locate record: ${body.uri}` },
    });
    expect((await put(hello)).status).to.equal(200);
  });

  it('are refused as the real server refuses them', async () => {
    const { text: _, ...without } = hello;
    expect((await put(without)).body).to.deep.equal({
      error: 'InvalidRequest',
      message: 'Invalid app.bsky.feed.post record: Record must have the property "text"',
    });
    expect((await put({ ...hello, text: 'a'.repeat(301) })).status).to.equal(400);
    expect((await put(hello, { rkey: 'not a key' })).body).to.deep.equal({
      error: 'InvalidRequest',
      message: 'Input/rkey must be a valid Record Key',
    });
    expect(await put(hello, { repo: 'did:plc:aaaaaaaaaaaaaaaaaaaaaaaa' })).to.deep.include({
      status: 403,
      body: { error: 'AccountNotFound', message: 'Account not found' },
    });
    const image = { $type: 'blob', ref: { $link: cidOfBytes(png) }, mimeType: 'image/png', size: png.length };
    const embed = { $type: 'app.bsky.embed.images', images: [{ alt: '', image }] };
    expect((await put({ ...hello, embed })).body).to.include({ error: 'BlobNotFound' });
  });

  it('are for whoever has a session', async () => {
    const method = 'com.atproto.server.getSession';
    expect(await ask(method, { token: 'x' })).to.deep.include({
      status: 400,
      body: { error: 'InvalidToken', message: 'Token could not be verified' },
    });
    const response = await fetch(`${bluesky.rehearsal.current.url}/xrpc/${method}`);
    expect(response.status).to.equal(401);
    const { refreshToken } = bluesky.keys.session;
    expect((await ask(method, { token: refreshToken })).body).to.include({ message: 'Invalid token type' });
  });

  it('spend points, and are refused when none are left', async () => {
    const { body, headers } = await put(hello);
    expect(headers.get('ratelimit-limit')).to.equal('5000');
    expect(headers.get('ratelimit-remaining')).to.equal('4998');
    expect(headers.get('ratelimit-policy')).to.equal('5000;w=3600');
    expect(Number(headers.get('ratelimit-reset')) - Date.now() / 1000).to.be.within(3590, 3601);
    bluesky.rehearsal.current.bluesky.setLimits({ pointsPerHour: 3 });
    await put(hello);
    const [, , repo, collection, rkey] = String(body.uri).split('/');
    await ask('com.atproto.repo.deleteRecord', { input: { repo, collection, rkey } });
    const refused = await put(hello);
    expect(refused).to.deep.include({
      status: 429,
      body: { error: 'RateLimitExceeded', message: 'Rate Limit Exceeded' },
    });
    expect(refused.headers.get('ratelimit-remaining')).to.equal('0');
  });

  it('are there after a restart, with sessions and pictures', async () => {
    const { body } = await put(hello);
    await bluesky.rehearsal.reopen();
    const [, , repo, collection, rkey] = String(body.uri).split('/');
    expect(
      (await ask('com.atproto.repo.getRecord', { params: { repo, collection, rkey } })).body,
    ).to.deep.include({
      cid: body.cid,
      value: hello,
    });
    expect((await put(hello)).status).to.equal(200);
    expect(bluesky.rehearsal.current.bluesky.ledger().posts).to.have.length(1);
  });
});
