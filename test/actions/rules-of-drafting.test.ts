import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { addSegment } from '../../server/actions/add-segment.ts';
import { approveMessage } from '../../server/actions/approve-message.ts';
import { askForReview } from '../../server/actions/ask-for-review.ts';
import { draftMessage, type MessageInput } from '../../server/actions/draft-message.ts';
import { rejectMessage } from '../../server/actions/reject-message.ts';
import { reviseMessage } from '../../server/actions/revise-message.ts';
import { schedulePost } from '../../server/actions/schedule-post.ts';
import { startCampaign } from '../../server/actions/start-campaign.ts';
import type { Brief } from '../../server/domain/campaign.ts';
import { insultIn } from '../../server/domain/hostile-wording.ts';
import type { Message } from '../../server/domain/message.ts';
import type { RuleViolation } from '../../server/domain/rule-violation.ts';
import type { Versioned } from '../../server/models/document.ts';
import { Messages } from '../../server/models/message.ts';
import { TrailEvents } from '../../server/models/trail.ts';
import { draftChecks } from '../../server/queries/draft-checks.ts';
import { aCampaign, aMember, aMessenger, anAccount, aSegment } from '../support/builders.ts';
import { aMessageInReview, assessed, wholeDecision } from '../support/builders-review.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';
import { aStage } from '../support/publishing.ts';

/** What somebody is told, in every language of the interface. */
function told(rule: string): string[] {
  return ['en', 'fr', 'ar'].map((language) => {
    const file = new URL(`../../views/locales/${language}/rules.json`, import.meta.url);
    return (JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>)[rule] ?? '';
  });
}

/** A refusal that teaches names where its rule comes from, in every language. */
function expectSource(rule: string, source: RegExp): void {
  for (const sentence of told(rule)) {
    expect(sentence, rule).to.match(source);
  }
}

/** One test for each rule of drafting and review, through the actions that people call, named as the rules are. */
describe('The rules of drafting and review', () => {
  useDatabase();
  const context = testContext();

  const checked = async (message: Message) =>
    draftChecks(context, message, { campaign: await aCampaign(), message: message._id });

  async function draft(fields: Partial<MessageInput> = {}, variant: Partial<Message['variants'][0]> = {}) {
    const account = await anAccount();
    const [campaign, segment, messenger] = [await aCampaign(), await aSegment(), await aMessenger()];
    const input: MessageInput & { campaign: string } = {
      campaign: campaign._id,
      title: 'Three mothers',
      type: 'alternative-narrative',
      narrative: null,
      segment: segment._id,
      messenger: messenger._id,
      tone: 'testimonial',
      strategies: [],
      origin: 'human',
      humanEditor: null,
      callToAction: { text: 'Call', service: 'Helpline', isStaffed: true },
      variants: [
        {
          _id: null,
          network: 'x',
          language: 'en',
          text: 'You can call.',
          accounts: [account._id],
          ...variant,
        },
      ],
      ...fields,
    };
    return draftMessage(context, await aMember('drafter'), input);
  }
  const ask = async (message: Message) => {
    const { version } = (await Messages.findById(message._id).lean<Versioned<Message>>())!;
    return askForReview(context, await aMember('drafter'), { message: message._id, version });
  };

  it('1: targeting is a closed vocabulary; special categories and people under 18 are refused', async () => {
    const { _id: _, targeting, ...segment } = await aSegment();
    const drafter = await aMember('drafter');
    const add = (changes: object) =>
      nameOfFailure(addSegment(context, drafter, { ...segment, targeting: { ...targeting, ...changes } }));
    for (const topic of ['young Muslims', 'jeunes musulmans', 'شباب مسلمون']) {
      expect(await add({ topics: [topic] })).to.equal('special-category-targeting');
    }
    expect(await add({ ageFrom: 16 })).to.equal('targeting-from-eighteen');
    expect(await add({ topics: ['travel to Syria'] })).to.equal('none');
    expectSource('special-category-targeting', /DSA 26\(3\)/);
    expectSource('targeting-from-eighteen', /DSA 28\(2\)/);
  });

  it('1: youth campaigns need a safeguarding sign-off before anybody reviews', async () => {
    const youth = await aSegment({ role: 'youth' });
    const message = await draft({ segment: youth._id });
    expect(await nameOfFailure(ask(message))).to.equal('safeguarding-needed');
    expectSource('safeguarding-needed', /DSA 28\(2\)/);
  });

  it('2: political advertising is not started without a legal review', async () => {
    const drafter = await aMember('drafter');
    const missing = async (brief: Partial<Brief>) => {
      const campaign = await aCampaign({ brief } as never);
      const refused = await startCampaign(context, drafter, { campaign: campaign._id }).catch(
        (error) => error,
      );
      expect(refused).to.include({ rule: 'brief-incomplete' });
      return Number((refused as RuleViolation).values.count);
    };
    const agreed = await missing({ isPoliticalAdvertising: true, legalReview: 'Agreed on 3 May' });
    expect(await missing({ isPoliticalAdvertising: true })).to.equal(agreed + 1);
    expect(await missing({ isPoliticalAdvertising: false })).to.equal(agreed);
  });

  it('3: origin is visible: nothing is placed on an account that is not disclosed', async () => {
    const hidden = { operatorInProfile: false, automatedLabel: false, ownerNamed: false };
    const stage = await aStage(context, {
      account: { disclosure: { ...hidden, checkedBy: null, checkedAt: null } },
    } as never);
    const place = schedulePost(context, stage.scheduler, {
      message: stage.message._id,
      variant: stage.variant,
      accounts: [stage.account._id],
      wallTime: '2014-10-20T09:00',
    });
    expect(await nameOfFailure(place)).to.equal('account-not-disclosed');
  });

  it('4: nobody is mentioned who did not engage first', async () => {
    for (const text of ['@stranger, call us.', 'Appelez-nous @stranger', 'اتصلوا بنا @stranger']) {
      expect(await nameOfFailure(draft({}, { text }))).to.equal('unsolicited-mention');
    }
    expectSource('unsolicited-mention', /automation|automatisation|الأتمتة/);
  });

  it('4: an AI-assisted text names a human editor, and carries the label that its origin demands', async () => {
    expect(await nameOfFailure(ask(await draft({ origin: 'ai-assisted' })))).to.equal('human-editor-needed');
    const { _id: humanEditor } = await aMember('drafter');
    for (const origin of ['ai-generated', 'uncertain'] as const) {
      const message = await draft({ origin, humanEditor });
      const { variants } = await checked(message);
      const stops = variants[0]!.checks.filter(({ outcome }) => outcome === 'stop').map(({ rule }) => rule);
      expect(stops).to.deep.equal(['origin-label-needed']);
      expect(await nameOfFailure(ask(message))).to.equal('origin-label-needed');
    }
    for (const text of ['You can call. #AI', 'Appelez. #IA', 'اتصلوا. #ذكاء_اصطناعي']) {
      const { variants } = await checked(await draft({ origin: 'uncertain', humanEditor }, { text }));
      expect(
        variants[0]!.checks.some(({ rule, outcome }) => rule === 'origin-label-needed' && outcome === 'stop'),
      ).to.equal(false);
    }
    expectSource('origin-label-needed', /AI Act 50\(4\)/);
    expectSource('human-editor-needed', /AI Act 50\(4\)/);
  });

  it('5: the same or substantially similar text is not posted to several accounts of one network', async () => {
    const [one, other] = [await anAccount(), await anAccount()];
    const text = (account: string, words: string) => ({
      _id: null,
      network: 'x' as const,
      language: 'en',
      text: words,
      accounts: [account],
    });
    const twice = [
      text(one._id, 'Three mothers, one question. You can call.'),
      text(other._id, 'Three mothers, one question: you can call! #home https://example.org'),
    ];
    expect(await nameOfFailure(draft({ variants: twice }))).to.equal('same-text-two-accounts');
    expectSource('same-text-two-accounts', /manipulation|تلاعب/);
  });

  it('7: four eyes: whoever wrote or edited does not approve, and any edit voids the approval', async () => {
    const [author, reviewer] = [await aMember('drafter', 'reviewer'), await aMember('reviewer')];
    const campaign = await aCampaign();
    const message = await aMessageInReview({ createdBy: author._id, campaign: campaign._id });
    await assessed(message);
    const decision = wholeDecision(message);
    expect(await nameOfFailure(approveMessage(context, author, decision))).to.equal('own-work');
    const approved = await approveMessage(context, reviewer, decision);
    expect(approved.state).to.equal('approved');
    const stored = (await Messages.findById(message._id).lean<Versioned<Message>>())!;
    const variants = stored.variants.map((variant) => ({ ...variant, text: 'Another text.' }));
    const edited = await reviseMessage(context, author, { ...stored, message: message._id, variants });
    expect(edited).to.deep.include({ state: 'draft', approval: null, standing: [] });
  });

  it('8: everything that changes something is in the trail', async () => {
    const message = await draft();
    const reviewer = await aMember('reviewer');
    const asked = await aMessageInReview();
    await rejectMessage(context, reviewer, { ...wholeDecision(asked), comment: 'Repeats the claim' });
    const verbsAbout = (subjectId: string) => TrailEvents.find({ subjectId }).distinct('verb');
    expect(await verbsAbout(message._id)).to.deep.equal(['message drafted']);
    expect(await verbsAbout(asked._id)).to.deep.equal(['message rejected']);
  });

  it('do no harm: hostile and shaming tones are refused, and an insult asks for a look', async () => {
    for (const tone of ['hostile', 'shaming'] as const) {
      try {
        await draft({ tone });
        expect.fail();
      } catch (error) {
        expect(error as RuleViolation).to.include({ rule: 'hostile-tone', field: 'tone' });
      }
    }
    expectSource('hostile-tone', /Benesch/);
    expect(insultIn('You are all COWARDS.')).to.equal('cowards');
    expect(insultIn('Vous êtes des lâches')).to.equal('laches');
    expect(insultIn('أنتم جبناء')).to.equal('جبناء');
    expect(insultIn('Their classmates called; a rational person answers.')).to.equal(null);
    const { variants } = await checked(await draft({}, { text: 'Only idiots go there.' }));
    expect(variants[0]!.checks.find(({ rule }) => rule === 'hostile-wording')?.outcome).to.equal('attention');
  });

  it('do no harm: a message is only approved once its harm is assessed', async () => {
    const message = await aMessageInReview();
    const approve = approveMessage(context, await aMember('reviewer'), wholeDecision(message));
    expect(await nameOfFailure(approve)).to.equal('assessment-missing');
  });

  it('prevention tiers: people who are already involved are only pointed to help', async () => {
    const segment = await aSegment({ tier: 'tertiary' });
    expect(await nameOfFailure(draft({ segment: segment._id }))).to.equal('tertiary-signposting-only');
    expect(await nameOfFailure(draft({ segment: segment._id, type: 'help-offer' }))).to.equal('none');
  });
});
