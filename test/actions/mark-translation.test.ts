import { expect } from 'chai';
import { markTranslation } from '../../server/actions/mark-translation.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import { isApproved, type Message } from '../../server/domain/message.ts';
import type { Versioned } from '../../server/models/document.ts';
import { newId } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { translationsIn } from '../../server/queries/translations.ts';
import { aCampaign, aMember, aMessage, approved } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('marking a translation', () => {
  useDatabase();
  const context = testContext();
  const web = openWeb(context);

  async function bilingual(brief: object = {}): Promise<Message> {
    const campaign = await aCampaign({ brief } as never);
    const text = (language: string) => ({ _id: newId(), network: 'x' as const, language, accounts: [] });
    return aMessage({
      campaign: campaign._id,
      variants: [
        { ...text('en'), text: 'You can still call, day and night.' },
        { ...text('fr'), text: 'Vous pouvez encore appeler.' },
      ],
    });
  }
  const stored = async ({ _id }: Message) => (await Messages.findById(_id).lean<Versioned<Message>>())!;
  const stateOfFrench = async (message: Message) =>
    translationsIn(await stored(message), []).find(({ language }) => language === 'fr')?.state;

  it('makes it done, until the original changes; an edit of the translation alone leaves it so', async () => {
    const message = await bilingual();
    const [english, french] = message.variants as [Message['variants'][0], Message['variants'][0]];
    const drafter = await aMember('drafter');
    await markTranslation(context, drafter, { message: message._id, variant: french._id });
    expect(await stateOfFrench(message)).to.equal('done');
    const revise = async (variants: Message['variants']) => {
      const now = await stored(message);
      await reviseMessage(context, drafter, { ...now, message: now._id, variants });
    };
    const rest = ({ renders: _, ...variant }: Message['variants'][0]) => variant;
    await revise([rest(english), { ...rest(french), text: 'Appelez, jour et nuit.' }]);
    expect(await stateOfFrench(message)).to.equal('done');
    await revise([{ ...rest(english), text: 'Somebody answers at night.' }, rest(french)]);
    expect(await stateOfFrench(message)).to.equal('outdated');
  });

  it('leaves an approval as it is, because no text changes', async () => {
    const message = await approved(await bilingual(), context.clock.now());
    const variant = message.variants[1]!._id;
    await markTranslation(context, await aMember('drafter'), { message: message._id, variant });
    expect(isApproved(await stored(message))).to.equal(true);
    const reviewer = await aMember('reviewer');
    const input = { message: message._id, variant };
    expect(await nameOfFailure(markTranslation(context, reviewer, input))).to.equal('Forbidden');
  });

  it('is one press on the page and in the composer, where states and missing languages stand', async () => {
    const message = await bilingual({ languages: 'en, fr, ar' });
    const browser = await signedIn(web, await aMember('drafter'));
    const french = message.variants[1]!._id;
    const address = `/messages/${message._id}`;
    const page = await browser.get(address);
    expect(page.text).to.include('1 missing and 1 in draft').and.to.include('Arabic');
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.post(`${address}/translations/${french}`)).status).to.equal(303);
    expect(await stateOfFrench(message)).to.equal('done');

    const english = message.variants[0]!;
    const composer = await browser.get(`${address}/edit`);
    expect(await htmlProblems(composer.text)).to.deep.equal([]);
    const fields = {
      version: String((await stored(message)).version),
      title: message.title,
      type: message.type,
      origin: 'human',
      originalLanguage: '',
      'callToAction.text': 'Call the helpline',
      'callToAction.service': 'Family helpline',
      'callToAction.isStaffed': 'yes',
      'variants[0]._id': english._id,
      'variants[0].network': 'x',
      'variants[0].language': 'en',
      'variants[0].text': 'Somebody answers at night.',
      'variants[1]._id': french,
      'variants[1].network': 'x',
      'variants[1].language': 'fr',
      'variants[1].text': 'Quelqu’un répond la nuit.',
      step: 'save',
    };
    expect((await browser.post(address, fields)).status).to.equal(303);
    expect(await stateOfFrench(message)).to.equal('outdated');
    expect((await browser.get('/messages')).text).to.include('1 outdated');
    const version = String((await stored(message)).version);
    expect((await browser.post(address, { ...fields, version, step: 'translated-1' })).status).to.equal(303);
    expect(await stateOfFrench(message)).to.equal('done');
  });
});
