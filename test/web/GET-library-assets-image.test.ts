import { expect } from 'chai';
import { newId } from '../../server/models/document.ts';
import { aMember, anAsset } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { guest, openWeb, signedIn } from '../support/web.ts';

describe('GET /library/assets/:id/image', () => {
  useDatabase();
  const web = openWeb();

  it('hands the bytes to members as what they are, to be kept by their own browser only', async () => {
    const { _id, size } = await anAsset();
    const answer = await (await signedIn(web, await aMember('evaluator'))).get(
      `/library/assets/${_id}/image`,
    );
    expect(answer.status).to.equal(200);
    expect(answer.body).to.have.length(size);
    expect(answer.headers).to.include({
      'content-type': 'image/png',
      'content-disposition': `inline; filename="image-${_id}.png"`,
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, max-age=31536000, immutable',
      'cross-origin-resource-policy': 'same-origin',
    });
    expect(answer.headers['content-security-policy']).to.include("default-src 'self'");
  });

  it('hands nothing to anybody else', async () => {
    const { _id } = await anAsset();
    const answer = await guest(web).get(`/library/assets/${_id}/image`);
    expect(answer.status).to.equal(303);
    expect(answer.headers.location).to.match(/^\/session\/new/);
  });

  it('does not know images that are not there', async () => {
    const browser = await signedIn(web, await aMember());
    expect((await browser.get(`/library/assets/${newId()}/image`)).status).to.equal(404);
    expect((await browser.get('/library/assets/..%2f..%2fpasswd/image')).status).to.equal(404);
  });
});
