import { expect } from 'chai';
import { type ApiResponseError, EUploadMimeType, type TwitterApi } from 'twitter-api-v2';
import { errorOf, png, useRehearsal } from './support.ts';

const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');

describe('the rehearsal X: media', () => {
  const rehearsal = useRehearsal();
  let client: TwitterApi;

  for (const kind of ['oauth1', 'oauth2'] as const) {
    describe(`with ${kind}`, () => {
      beforeEach(async () => {
        const { x } = rehearsal.current;
        client = rehearsal[kind](await x.registerAccount({ username: 'comehome_eu', name: 'Come Home' }));
      });

      it('carries a picture with its alt text, sent in pieces', async () => {
        const mediaId = await client.v2.uploadMedia(png, { media_type: EUploadMimeType.Png }, 20);
        await client.v2.createMediaMetadata(mediaId, { alt_text: { text: 'A lit window at night' } });
        const { data } = await client.v2.tweet('Look', { media: { media_ids: [mediaId] } });
        const [post] = rehearsal.current.x.ledger().posts;
        expect(post?.media[0]).to.include({
          id: mediaId,
          altText: 'A lit window at night',
          width: 1,
          bytes: png.length,
        });

        const found = await client.v2.singleTweet(data.id, {
          'tweet.fields': ['attachments', 'entities'],
          expansions: ['attachments.media_keys'],
          'media.fields': ['alt_text', 'url', 'width'],
        });
        expect(found.data.text).to.match(/^Look https:\/\/t\.co\/\w+$/);
        expect(found.includes?.media?.[0]).to.include({
          type: 'photo',
          alt_text: 'A lit window at night',
          width: 1,
        });
        expect(found.data.attachments?.media_keys).to.deep.equal([found.includes?.media?.[0]?.media_key]);
      });

      it('refuses pieces that are missing and files that are something else', async () => {
        const begin = await client.v2.post('media/upload/initialize', {
          media_type: 'image/png',
          media_category: 'tweet_image',
          total_bytes: png.length + 1,
        });
        await client.v2.post(
          `media/upload/${begin.data.id}/append`,
          { segment_index: 0, media: png },
          { forceBodyMode: 'form-data' },
        );
        const short = await errorOf<ApiResponseError>(
          client.v2.post(`media/upload/${begin.data.id}/finalize`),
        );
        expect(short.code).to.equal(400);
        const wrong = await errorOf<ApiResponseError>(
          client.v2.uploadMedia(gif, { media_type: EUploadMimeType.Png }),
        );
        expect(wrong.code).to.equal(400);
      });
    });
  }

  describe('otherwise', () => {
    beforeEach(async () => {
      const { x } = rehearsal.current;
      client = rehearsal.oauth2(await x.registerAccount({ username: 'comehome_eu', name: 'Come Home' }));
    });

    it('takes a picture in one go, as JSON', async () => {
      const { data } = await client.v2.post('media/upload', {
        media: png.toString('base64'),
        media_category: 'tweet_image',
      });
      await client.v2.tweet({ media: { media_ids: [data.id] } });
      expect(rehearsal.current.x.ledger().posts[0]).to.deep.include({ text: '' });
    });

    it('takes a while to prepare an animation, and says so', async () => {
      const begin = await client.v2.post('media/upload/initialize', {
        media_type: 'image/gif',
        media_category: 'tweet_gif',
        total_bytes: gif.length,
      });
      await client.v2.post(
        `media/upload/${begin.data.id}/append`,
        { segment_index: 0, media: gif },
        { forceBodyMode: 'form-data' },
      );
      const done = await client.v2.post(`media/upload/${begin.data.id}/finalize`);
      expect(done.data.processing_info).to.deep.equal({ state: 'pending', check_after_secs: 1 });
      const early = await errorOf<ApiResponseError>(
        client.v2.tweet({ media: { media_ids: [begin.data.id] } }),
      );
      expect(early.code).to.equal(400);
      rehearsal.current.x.setClock(new Date(Date.now() + 2_000));
      const status = await client.v2.get('media/upload', { command: 'STATUS', media_id: begin.data.id });
      expect(status.data.processing_info.state).to.equal('succeeded');
      await client.v2.tweet({ media: { media_ids: [begin.data.id] } });
    });

    it('refuses alt text of more than 1000 characters, pictures of others and unknown ones', async () => {
      const mediaId = await client.v2.uploadMedia(png, { media_type: EUploadMimeType.Png });
      const long = client.v2.createMediaMetadata(mediaId, { alt_text: { text: 'a'.repeat(1001) } });
      expect((await errorOf<ApiResponseError>(long)).code).to.equal(400);
      await client.v2.createMediaMetadata(mediaId, { alt_text: { text: 'a'.repeat(1000) } });
      const { x } = rehearsal.current;
      const neighbour = rehearsal.oauth2(await x.registerAccount({ username: 'neighbour', name: 'N' }));
      const stolen = await errorOf<ApiResponseError>(
        neighbour.v2.tweet({ text: 'Hi', media: { media_ids: [mediaId] } }),
      );
      expect(stolen.code).to.equal(400);
    });

    it('keeps pictures over a restart', async () => {
      const mediaId = await client.v2.uploadMedia(png, { media_type: EUploadMimeType.Png });
      const { url } = await rehearsal.reopen();
      const picture = await fetch(`${url}/rehearsal/x/media/${mediaId}`);
      expect(picture.headers.get('content-type')).to.equal('image/png');
      expect(Buffer.from(await picture.arrayBuffer()).equals(png)).to.equal(true);
    });
  });
});
