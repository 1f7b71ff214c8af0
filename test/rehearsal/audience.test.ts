import { expect } from 'chai';
import fc from 'fast-check';
import { detectLanguage } from '../../server/rehearsal/audience/language.ts';
import { type AudiencePost, reactionsAt } from '../../server/rehearsal/audience/reactions.ts';
import { planReplies } from '../../server/rehearsal/audience/replies.ts';
import { Tempo } from '../../server/rehearsal/audience/tempo.ts';

const HOUR = 3_600_000;

function post(fields: Partial<AudiencePost> = {}): AudiencePost {
  return {
    id: '1890000000000000001',
    username: 'comehome_eu',
    text: 'Have you asked your mother? https://example.org/call',
    language: 'en',
    createdAt: Date.UTC(2025, 0, 1),
    conversationId: '1890000000000000001',
    replyTo: null,
    hasMedia: false,
    reach: 1,
    ...fields,
  };
}

describe('the rehearsal audience', () => {
  it('does the same for the same seed and something else for another', () => {
    const day = (seed: string) => reactionsAt(seed, post(), 24 * HOUR);
    expect(day('one')).to.deep.equal(day('one'));
    expect(day('one')).not.to.deep.equal(day('two'));
  });

  it('never takes anything back, and nobody acts who has not seen', () => {
    const ages = fc.tuple(
      fc.integer({ max: 90 * 24 * HOUR, min: 0 }),
      fc.integer({ max: 30 * 24 * HOUR, min: 0 }),
    );
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 10n ** 18n }), ages, (id, [age, more]) => {
        const earlier = reactionsAt('seed', post({ id: String(id) }), age);
        const later = reactionsAt('seed', post({ id: String(id) }), age + more);
        for (const key of Object.keys(earlier) as (keyof typeof earlier)[]) {
          expect(later[key]).to.be.at.least(earlier[key]);
          expect(earlier.impressions).to.be.at.least(earlier[key]);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('has seen most of what it will see within two days, and starts slowly', () => {
    const views = (age: number) => reactionsAt('seed', post(), age).impressions;
    const final = views(365 * 24 * HOUR);
    expect(views(0)).to.equal(0);
    expect(views(HOUR / 4) / final).to.be.below(0.06);
    expect(views(48 * HOUR) / final).to.be.above(0.85);
    expect(final).to.be.within(300, 40_000);
  });

  it('clicks links only where there are some, and does not see hidden posts', () => {
    expect(reactionsAt('seed', post(), 99 * HOUR).linkClicks).to.be.above(0);
    expect(reactionsAt('seed', post({ text: 'No link here' }), 99 * HOUR).linkClicks).to.equal(0);
    expect(reactionsAt('seed', post({ reach: 0 }), 99 * HOUR).impressions).to.equal(0);
    expect(planReplies('seed', post({ reach: 0 }), null)).to.have.length(0);
  });

  for (const [language, script] of [
    ['en', /[a-z]/],
    ['fr', /[a-z]/],
    ['ar', /\p{Script=Arabic}/u],
  ] as const) {
    it(`answers in the language of the post: ${language}`, () => {
      const replies = ['1', '2', '3'].flatMap((id) => planReplies('seed', post({ id, language }), null));
      expect(replies.length).to.be.above(5);
      for (const reply of replies) {
        expect(reply.language).to.equal(language);
        expect(reply.text).to.match(script);
        expect(detectLanguage(reply.text)).to.be.oneOf([language, 'en']);
      }
      expect(planReplies('seed', post({ language }), null)).to.deep.equal(
        planReplies('seed', post({ language }), null),
      );
    });
  }

  it('sends replies in order, some of them to earlier ones', () => {
    const replies = ['1', '2', '3', '4'].map((id) => planReplies('seed', post({ id }), null));
    for (const thread of replies) {
      for (const [index, reply] of thread.entries()) {
        if (index > 0) expect(reply.ageMs).to.be.above(thread[index - 1]!.ageMs);
        if (reply.parent !== null) expect(reply.parent).to.be.below(index);
      }
    }
    expect(replies.flat().some(({ parent }) => parent !== null)).to.equal(true);
  });

  it('tells languages apart', () => {
    expect(detectLanguage('You can still call, any hour.')).to.equal('en');
    expect(detectLanguage("Il m'a écrit de là-bas. Nous ne l'avons pas oublié.")).to.equal('fr');
    expect(detectLanguage('ما زال بإمكانك أن تتصل #عودة')).to.equal('ar');
    expect(detectLanguage('👋 https://example.org 1234')).to.equal('und');
  });

  it('keeps its age when the speed changes, and finds the moment of an age again', () => {
    const tempo = new Tempo();
    tempo.change({ at: 1_000, speed: 10 });
    tempo.change({ at: 2_000, speed: 0 });
    tempo.change({ at: 3_000, speed: 1 });
    expect(tempo.age(0, 1_000)).to.equal(1_000);
    expect(tempo.age(0, 2_000)).to.equal(11_000);
    expect(tempo.age(0, 2_999)).to.equal(11_000);
    expect(tempo.age(0, 4_000)).to.equal(12_000);
    expect(tempo.age(1_500, 2_500)).to.equal(5_000);
    for (const age of [500, 1_000, 6_000, 11_500])
      expect(tempo.age(0, tempo.moment(0, age))).to.be.closeTo(age, 0.001);
  });
});
