import { expect } from 'chai';
import fc from 'fast-check';
import { anchorIn, locate, piecesOf } from '../../server/domain/comment.ts';
import type { RuleViolation } from '../../server/domain/rule-violation.ts';

const TEXT = 'You can call. Nobody asks for your name. You can call at night.';

describe('a comment on a passage', () => {
  const anchored = (quote: string, at: number | null = null, texts = [TEXT]) =>
    anchorIn(texts, { quote, at })!;
  const found = (anchor: ReturnType<typeof anchored>, texts: string[]) => {
    const passage = locate(anchor, texts);
    return passage && texts[passage.part]!.slice(passage.start, passage.end);
  };

  it('is about the words meant when they occur twice', () => {
    const second = TEXT.lastIndexOf('You can call');
    expect(locate(anchored('You can call', second), [TEXT])?.start).to.equal(second);
    expect(locate(anchored('You can call'), [TEXT])?.start).to.equal(0);
  });

  it('follows its words when text is put before them, and into another part of a thread', () => {
    const anchor = anchored('Nobody asks for your name');
    const moved = [`Three mothers, one question. ${TEXT}`, 'And more.'];
    expect(found(anchor, moved)).to.equal('Nobody asks for your name');
    expect(locate(anchor, ['First part.', TEXT])?.part).to.equal(1);
  });

  it('takes spaces and line breaks as they come when somebody types the passage', () => {
    expect(anchored('Nobody  asks\nfor your name').quote).to.equal('Nobody asks for your name');
    expect(anchored('  ')).to.equal(null);
  });

  it('says so when its passage was changed, rather than pointing at words that only look the same', () => {
    const anchor = anchored('name');
    expect(found(anchor, [TEXT.replace('your name', 'who you are')])).to.equal(null);
    expect(found(anchor, ['A name.'])).to.equal(null);
    expect(found(anchored('night', null, ['night']), ['At night'])).to.equal('night');
  });

  it('needs words that are in the saved text', () => {
    try {
      anchored('We never said this');
      expect.fail();
    } catch (error) {
      expect((error as RuleViolation).rule).to.equal('passage-not-found');
    }
  });

  it('never loses or changes a character of the text when passages are marked', () => {
    const span = fc.tuple(fc.nat(40), fc.nat(40)).map(([a, b]) => ({
      start: Math.min(a, b),
      end: Math.max(a, b) + 1,
    }));
    fc.assert(
      fc.property(
        fc.string({ minLength: 41, maxLength: 60 }),
        fc.array(span, { maxLength: 6 }),
        (text, spans) => {
          const marks = spans.map((one, number) => ({ ...one, number }));
          const pieces = piecesOf(text, marks);
          expect(pieces.map((piece) => piece.text).join('')).to.equal(text);
          for (const { start, end, number } of marks) {
            const covered = pieces
              .filter(({ numbers }) => numbers.includes(number))
              .map((piece) => piece.text);
            expect(covered.join('')).to.equal(text.slice(start, end));
          }
        },
      ),
    );
  });
});
