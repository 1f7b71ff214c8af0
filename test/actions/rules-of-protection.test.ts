import { expect } from 'chai';
import { addAsset } from '../../server/actions/add-asset.ts';
import { chooseExposureCap } from '../../server/actions/choose-exposure-cap.ts';
import { collectReplies } from '../../server/actions/collect-replies.ts';
import { openVeil } from '../../server/actions/open-veil.ts';
import { recordSupportOffer } from '../../server/actions/record-support-offer.ts';
import { Assets } from '../../server/models/asset.ts';
import { newId } from '../../server/models/document.ts';
import { Replies } from '../../server/models/reply.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { ownExposure } from '../../server/queries/own-exposure.ts';
import { png } from '../rehearsal/support.ts';
import { aCampaign, aMember, aNarrative } from '../support/builders.ts';
import { aMessageInReview } from '../support/builders-review.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';
import { fakePlatform } from '../support/fake-platform.ts';
import { openWeb, signedIn } from '../support/web.ts';

/** The rules that protect people around a message, named as the rules are. */
describe('The rules that protect people', () => {
  useDatabase();
  const context = testContext();
  const web = openWeb();

  async function aReply() {
    const campaign = await aCampaign({ state: 'running' });
    const reply = {
      remoteId: 'remote-reply-7',
      authorRemoteId: 'remote-author-9',
      text: 'I am @lina_k, see https://x.example/lina_k: who can help me?',
      language: 'en',
      createdAt: context.clock.now(),
    };
    const network = fakePlatform();
    await collectReplies(context, {
      platform: {
        ...network,
        capabilities: { ...network.capabilities, replies: true },
        replies: async () => ({ kind: 'read', replies: [reply] }),
      },
      credential: {},
      deliveries: [{ _id: newId(), campaign: campaign._id, network: 'x', isDemo: false, remoteId: '1' }],
    });
    return (await Replies.findOne().lean())!;
  }

  it('6: no model holds a commenter’s handle, user id, profile link or biography', async () => {
    const kept = JSON.stringify(await aReply());
    expect(kept).to.include('who can help me?');
    for (const identity of ['lina_k', 'x.example', 'remote-author-9', 'remote-reply-7']) {
      expect(kept).not.to.include(identity);
    }
  });

  it('9: harmful material is blurred by default, and nothing plays by itself', async () => {
    const narrative = await aNarrative({ claim: 'They all despise you' });
    const message = await aMessageInReview({
      narrative: narrative._id,
      campaign: (await aCampaign())._id,
    });
    const reviewer = await signedIn(web, await aMember('reviewer', 'drafter'));
    for (const path of [`/reviews/${message._id}`, `/messages/${message._id}`, '/narratives']) {
      const { text, status } = await reviewer.get(path);
      expect(status, path).to.equal(200);
      const open = text.replace(/<details class="veiled">.*?<\/details>/gs, '');
      expect(open, path)
        .not.to.include('They all despise you')
        .and.not.to.match(/autoplay/i);
    }
    expect((await reviewer.get(`/reviews/${message._id}`)).text).to.include('They all despise you');
  });

  it('9: exposure is counted for the person’s own use, capped, and never keeps a text from anybody', async () => {
    const [reviewer, colleague] = [await aMember('reviewer'), await aMember()];
    await chooseExposureCap(context, reviewer, { cap: 1 });
    const open = (thing: string, isAllTheSame = false) =>
      openVeil(context, reviewer, { thing, isAllTheSame });
    expect(await open('00000001')).to.equal(null);
    expect(await open('00000002')).to.deep.equal({ openedToday: 1, cap: 1 });
    expect(await open('00000002', true)).to.equal(null);
    expect(await ownExposure(context, reviewer)).to.include({ openedToday: 2, cap: 1 });
    expect(await ownExposure(context, colleague)).to.include({ openedToday: 0, cap: 40 });
    expect(await TrailEvents.countDocuments()).to.equal(0);
  });

  it('10: the tool stores only that support was offered', async () => {
    const reply = await aReply();
    const evaluator = await aMember('evaluator');
    const offer = () => recordSupportOffer(context, evaluator, { reply: reply._id });
    expect(await nameOfFailure(offer())).to.equal('support-not-called-for');
    await Replies.updateOne({ _id: reply._id }, { $set: { code: 'risk-disclosure' } });
    await offer();
    await offer();
    const events = await TrailEvents.find({ verb: 'support offered' }).lean();
    expect(events).to.have.length(1);
    expect(events[0]?.details ?? {}).to.deep.equal({});
    expect(JSON.stringify(events)).not.to.include('help me');
  });

  it('12: material quoting extremists needs a purpose statement', async () => {
    const drafter = await aMember('drafter');
    const words = { altText: 'A leaflet', origin: 'human', credit: '', quotesExtremists: true } as const;
    const add = (purpose: string) => addAsset(context, drafter, { ...words, purpose, upload: png });
    expect(await nameOfFailure(add(' '))).to.equal('purpose-needed');
    expect(await Assets.countDocuments()).to.equal(0);
    await add('Shows parents the leaflet that was handed out');
    expect(await Assets.findOne().lean()).to.include({
      purpose: 'Shows parents the leaflet that was handed out',
    });
  });
});
