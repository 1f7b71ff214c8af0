import { jsonToLex, lexicons } from '@atproto/api';
import { expect } from 'chai';
import { png } from '../../rehearsal/support.ts';
import { addressIn, prepared, useBluesky } from './support.ts';

const ARABIC =
  'أمٌّ تسأل 👨‍👩‍👧‍👦: من كلّم أبناءنا؟ https://example.org/مساعدة?a=1 #عودوا_إلى_البيت @stranger.example';

describe('Publishing on Bluesky', () => {
  const bluesky = useBluesky();
  const request = (more: object = {}) => ({
    text: 'You can still call. https://example.org/help',
    language: 'en',
    deliveryKey: '543ccac0aaaaaaaaaaaaaaaa',
    ...more,
  });
  const visible = () => bluesky.network.ledger(bluesky.handle).posts.filter(({ deletedAt }) => !deletedAt);
  const publish = (more: object = {}) => bluesky.platform.publish(bluesky.credential, request(more));
  const prepare = (more: object = {}) => prepared(bluesky.platform, bluesky.credential, request(more));

  it('makes one post of five requests at once', async () => {
    const ready = await prepare();
    const outcomes = await Promise.all([1, 2, 3, 4, 5].map(() => publish({ prepared: ready })));
    expect(new Set(outcomes.map(addressIn))).to.have.property('size', 1);
    expect(visible()).to.have.length(1);
  });

  it('makes one post of a delivery that was prepared twice, also when the record of it was lost', async () => {
    const [first, second] = [await prepare(), await prepare()];
    const address = addressIn(await publish({ prepared: first }));
    expect(addressIn(await publish({ prepared: second }))).to.equal(address);
    expect(addressIn(await publish())).to.equal(address);
    expect(visible()).to.have.length(1);
  });

  it('does not take another text in its place for its own', async () => {
    addressIn(await publish());
    expect(await publish({ text: 'Another text.' })).to.deep.include({ kind: 'refused' });
    const look = await bluesky.platform.readBack(bluesky.credential, {
      ...request({ text: 'Another text.' }),
      sentAfter: new Date(),
    });
    expect(look.kind).to.equal('failed');
    expect(visible().map(({ text }) => text)).to.deep.equal([request().text]);
  });

  it('does not know when the place is taken but cannot be looked at', async () => {
    addressIn(await publish());
    bluesky.network.setFaults([{ endpoint: 'getRecord', kind: 'reset', moment: 'before' }]);
    expect((await publish({ text: 'Another text.' })).kind).to.equal('unknown');
  });

  it('sends exactly what was prepared, whatever the clock says by then', async () => {
    const ready = await prepare();
    const { value } = await bluesky.recordAt(addressIn(await publish({ prepared: ready })));
    expect(value).to.deep.equal(JSON.parse(ready).record);
  });

  it('is certain that nothing leaves when what was prepared cannot be read', async () => {
    expect((await publish({ prepared: '{"recordKey":"x"' })).kind).to.equal('not-sent');
    expect((await publish({ prepared: '{"recordKey":"../../x","record":{}}' })).kind).to.equal('not-sent');
  });

  it('marks links and tags by bytes, beside emoji and Arabic, and calls nobody', async () => {
    const { value } = await bluesky.recordAt(addressIn(await publish({ text: ARABIC, language: 'ar' })));
    const bytes = Buffer.from(ARABIC);
    const facets = value.facets as {
      index: { byteStart: number; byteEnd: number };
      features: Record<string, string>[];
    }[];
    const marked = facets.map(({ index, features: [feature] }) => [
      feature?.$type,
      bytes.toString('utf8', index.byteStart, index.byteEnd),
    ]);
    expect(marked).to.deep.equal([
      ['app.bsky.richtext.facet#link', 'https://example.org/مساعدة?a=1'],
      ['app.bsky.richtext.facet#tag', '#عودوا_إلى_البيت'],
    ]);
    expect(value.langs).to.deep.equal(['ar']);
    expect(facets[1]?.features[0]?.tag).to.equal('عودوا_إلى_البيت');
  });

  it('sends images with their alt texts and shapes', async () => {
    const images = [
      { bytes: png, mimeType: 'image/png', altText: 'A lit window at night' },
      { bytes: png, mimeType: 'image/png', altText: 'نافذة مضيئة' },
    ];
    const ready = await prepare({ images });
    expect(bluesky.network.ledger(bluesky.handle).posts).to.deep.equal([]);
    const { value } = await bluesky.recordAt(addressIn(await publish({ prepared: ready, images })));
    const sent = (value.embed as { images: { alt: string; aspectRatio: object }[] }).images;
    expect(sent.map(({ alt }) => alt)).to.deep.equal(['A lit window at night', 'نافذة مضيئة']);
    expect(sent[0]?.aspectRatio).to.deep.equal({ width: 1, height: 1 });
    expect(visible()[0]?.media.map(({ altText, bytes }) => [altText, bytes])).to.deep.equal([
      ['A lit window at night', png.length],
      ['نافذة مضيئة', png.length],
    ]);
  });

  it('is certain that nothing was shown when an image could not be uploaded', async () => {
    const images = [{ bytes: png, mimeType: 'image/png', altText: 'A window' }];
    for (const moment of ['before', 'after'] as const) {
      bluesky.network.setFaults([{ endpoint: 'uploadBlob', kind: 'reset', moment }]);
      const outcome = await bluesky.platform.prepare?.(bluesky.credential, request({ images }));
      expect(outcome?.kind).to.equal('not-sent');
    }
    bluesky.network.setFaults([{ endpoint: 'uploadBlob', kind: 'limited', resetInSeconds: 60 }]);
    expect((await bluesky.platform.prepare?.(bluesky.credential, request({ images })))?.kind).to.equal(
      'limited',
    );
  });

  it('continues its own posts by naming the versions that it answers', async () => {
    const root = addressIn(await publish());
    const second = addressIn(
      await publish({ text: 'Second.', deliveryKey: 'part-2', continues: { root, parent: root } }),
    );
    const third = addressIn(
      await publish({ text: 'Third.', deliveryKey: 'part-3', continues: { root, parent: second } }),
    );
    const [first, middle, last] = await Promise.all([root, second, third].map(bluesky.recordAt));
    expect(last?.value.reply).to.deep.equal({
      root: { uri: root, cid: first?.cid },
      parent: { uri: second, cid: middle?.cid },
    });
    expect(visible().every(({ conversationId }) => conversationId === root)).to.equal(true);
  });

  it('does not continue a post that is gone', async () => {
    const root = addressIn(await publish());
    await bluesky.platform.withdraw(bluesky.credential, root);
    const outcome = await publish({ deliveryKey: 'part-2', continues: { root, parent: root } });
    expect(outcome.kind).to.equal('refused');
  });

  it('makes only records that the lexicon allows', async () => {
    const images = [{ bytes: png, mimeType: 'image/png', altText: '' }];
    const root = addressIn(await publish());
    for (const more of [
      { text: ARABIC },
      { language: 'und' },
      { images },
      { continues: { root, parent: root } },
    ]) {
      const { record } = JSON.parse(await prepare(more));
      expect(lexicons.validate('app.bsky.feed.post', jsonToLex(record)), JSON.stringify(more)).to.include({
        success: true,
      });
    }
  });

  it('refuses before anything is sent what no server would take', async () => {
    const before = bluesky.network.ledger().requests.length;
    for (const more of [
      { text: 'a'.repeat(301) },
      { text: '👨‍👩‍👧‍👦'.repeat(150) },
      { language: 'not a tag' },
    ]) {
      expect((await publish(more)).kind).to.equal('refused');
    }
    expect(bluesky.network.ledger().requests).to.have.length(before);
  });

  it('withdraws nothing but its own posts', async () => {
    for (const address of [
      '1',
      'at://did:plc:somebodyelse/app.bsky.feed.post/3l2s5xxv2ze2c',
      'at://x/y/z/a',
    ]) {
      expect((await bluesky.platform.withdraw(bluesky.credential, address)).kind, address).to.equal(
        'refused',
      );
    }
  });

  it('makes one post of each delivery, however blindly it is sent again through faults', async () => {
    bluesky.network.setLimits({ pointsPerHour: null, pointsPerDay: null });
    bluesky.network.setFaults([
      { endpoint: 'putRecord', kind: 'reset', moment: 'after', probability: 0.3 },
      { endpoint: 'putRecord', kind: 'error', moment: 'after', probability: 0.3 },
      { endpoint: 'putRecord', kind: 'cut-body', probability: 0.3 },
      { endpoint: 'putRecord', kind: 'reset', moment: 'before', probability: 0.3 },
    ]);
    const keys = Array.from(
      { length: 60 },
      (_, index) => `543ccac0aaaaaaaaaaaaaa${index.toString(16).padStart(2, '0')}`,
    );
    await Promise.all(
      keys.map(async (deliveryKey) => {
        const more = { text: `Text of ${deliveryKey}`, deliveryKey };
        // Two senders at once, neither of which waits to learn what became of a try.
        const send = async (): Promise<void> => {
          if ((await publish(more)).kind !== 'accepted') await send();
        };
        await Promise.all([send(), send()]);
      }),
    );
    bluesky.network.setLimits({});
    expect(
      visible()
        .map(({ text }) => text)
        .toSorted(),
    ).to.deep.equal(keys.map((key) => `Text of ${key}`).toSorted());
    expect(bluesky.network.ledger(bluesky.handle).requests.length).to.be.greaterThan(150);
  });
});
