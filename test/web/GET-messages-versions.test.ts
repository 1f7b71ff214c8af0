import { expect } from 'chai';
import { draftMessage } from '../../server/actions/draft-message.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import type { Message } from '../../server/domain/message.ts';
import { Messages } from '../../server/models/message.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

describe('GET /messages/:id/versions', () => {
  useDatabase();
  const web = openWeb();

  const contentOf = (text: string) => ({
    title: 'Three mothers',
    type: 'alternative-narrative' as const,
    narrative: null,
    segment: null,
    messenger: null,
    tone: null,
    strategies: [],
    origin: 'human' as const,
    humanEditor: null,
    callToAction: { text: '', service: '', isStaffed: null },
    variants: [{ _id: null, network: 'x' as const, language: 'en', text, accounts: [] }],
  });

  async function savedAgain(message: Message, text: string, member: Awaited<ReturnType<typeof aMember>>) {
    const stored = await Messages.findById(message._id);
    const input = contentOf(text);
    const [variant] = input.variants;
    return reviseMessage(web.context, member, {
      ...input,
      variants: variant ? [{ ...variant, _id: message.variants[0]?._id ?? null }] : [],
      message: message._id,
      version: stored?.get('version') ?? 0,
    });
  }

  it('shows word by word what each save changed, and keeps nothing where nothing changed', async () => {
    const [drafter, campaign] = [await aMember('drafter'), await aCampaign()];
    const content = contentOf('You can call us.');
    const message = await draftMessage(web.context, drafter, { ...content, campaign: campaign._id });
    await savedAgain(message, 'You can still call us.', drafter);
    await savedAgain(message, 'You can still call us.', drafter);

    const browser = await signedIn(web, drafter);
    const page = await browser.get(`/messages/${message._id}/versions`);
    expect(page.text).to.include('Version 2').and.not.to.include('Version 3');
    expect(page.text).to.match(/<ins>.*still.*<\/ins>/);
    expect(await htmlProblems(page.text)).to.deep.equal([]);
    expect((await browser.get(`/messages/${message._id}`)).text).to.include(
      `/messages/${message._id}/versions`,
    );
  });
});
