import { expect } from 'chai';
import type { ReplyCode } from '../../server/domain/reply.ts';
import { summariseReplies } from '../../server/domain/reply-summary.ts';

let threads = 0;
const replies = (count: number, code: ReplyCode | null, messagesPerThread = 1) =>
  Array.from({ length: count }, (_, index) => {
    if (index % messagesPerThread === 0) threads += 1;
    return { code, threadKey: `thread ${threads}` };
  });

describe('reply summary', () => {
  it('hides the small code, and off-topic with it', () => {
    const summary = summariseReplies([
      ...replies(61, 'constructive'),
      ...replies(40, 'neutral'),
      ...replies(22, 'antagonistic'),
      ...replies(12, 'off-topic'),
      ...replies(10, 'hateful-illegal'),
      ...replies(3, 'help-seeking'),
      ...replies(10, 'risk-disclosure'),
    ]);
    const shown = Object.fromEntries(summary.codes.map(({ name, count }) => [name, count]));
    expect(shown).to.deep.equal({
      constructive: 61,
      neutral: 40,
      antagonistic: 22,
      'off-topic': null,
      'hateful-illegal': 10,
      'help-seeking': null,
      'risk-disclosure': 10,
    });
    expect(summary.coded).to.equal(158);
    expect(summary.constructive.value).to.be.closeTo(61 / 83, 1e-12);
  });

  it('does not compute a ratio from counts that it hides', () => {
    const summary = summariseReplies([...replies(61, 'constructive'), ...replies(4, 'antagonistic')]);
    expect(summary.constructive.value).to.equal(null);
  });

  it('counts threads of five or more', () => {
    const summary = summariseReplies([...replies(70, null, 5), ...replies(82, null)]);
    expect(summary.sustained).to.deep.equal({ numerator: 14, denominator: 96, value: 14 / 96 });
    expect(summary.coded).to.equal(null);
    expect(summary.stored).to.equal(152);
  });

  it('hides a small number of sustained threads', () => {
    const summary = summariseReplies([...replies(10, null, 5), ...replies(82, null)]);
    expect(summary.sustained.numerator).to.equal(null);
    expect(summary.isSustainedSuppressed).to.equal(true);
  });

  it('knows the difference between nobody and few', () => {
    expect(summariseReplies([]).isEmpty).to.equal(true);
    expect(summariseReplies([]).isSustainedSuppressed).to.equal(false);
    expect(summariseReplies(replies(2, null)).isEmpty).to.equal(false);
    expect(summariseReplies(replies(2, null)).stored).to.equal(null);
  });
});
