import { expect } from 'chai';
import { attachToUnsaved, keepUnsaved } from '../../server/actions/keep-unsaved.ts';
import { newId } from '../../server/models/document.ts';
import { UnsavedDrafts } from '../../server/models/unsaved-draft.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

describe('An image for a text that is not saved', () => {
  useDatabase();
  const asset = { _id: newId(), altText: 'A bridge.' };

  async function writing(fields: object) {
    const [campaign, member] = [await aCampaign(), await aMember('drafter')];
    const about = { campaign: campaign._id };
    await keepUnsaved(testContext(), member, { about, fields });
    return { about, member };
  }
  const kept = async () => JSON.parse((await UnsavedDrafts.findOne().lean())?.fields ?? '{}');

  it('goes behind the others, each of two that come at the same moment', async () => {
    const first = { asset: newId(), altText: 'A river.' };
    const { about, member } = await writing({ variants: [{ text: 'a' }, { text: 'b', images: [first] }] });
    const second = { ...asset, _id: newId() };
    await Promise.all(
      [asset, second].map((one) => attachToUnsaved(member, { about, variant: 1, asset: one })),
    );
    const [other, { images }] = (await kept()).variants;
    expect(other).to.deep.equal({ text: 'a' });
    expect(images).to.have.length(3);
    expect(images[0]).to.deep.equal(first);
    expect(images.map((image: typeof first) => image.asset)).to.include.members([asset._id, second._id]);
  });

  for (const variants of [[], ['text'], [null], 'text', undefined])
    it(`is left to the library when there is no such text: ${JSON.stringify(variants)}`, async () => {
      const { about, member } = await writing({ title: 'Bridges', variants });
      await attachToUnsaved(member, { about, variant: 0, asset });
      expect(await kept()).to.deep.equal(JSON.parse(JSON.stringify({ title: 'Bridges', variants })));
    });
});
