import { expect } from 'chai';
import fc from 'fast-check';
import { piecesOf } from '../../server/domain/marked-text.ts';

describe('The marked pieces of a text', () => {
  it('are its links, hashtags and mentions', () => {
    const text = 'Call: https://helpline.example/a#top, @comehome_eu knows. #StillTime';
    const marked = piecesOf(text).flatMap(({ text: piece, isMarked }) => (isMarked ? [piece] : []));
    expect(marked).to.deep.equal(['https://helpline.example/a#top', '@comehome_eu', '#StillTime']);
  });

  it('give the text back, whatever it is', () => {
    const text = fc.array(fc.constantFrom('#a', '#ab', '@b', ' ', 'https://c.org', '.', 'é', '\n', '#'));
    fc.assert(
      fc.property(text, (parts) => {
        const whole = parts.join('');
        expect(
          piecesOf(whole)
            .map(({ text: piece }) => piece)
            .join(''),
        ).to.equal(whole);
      }),
    );
  });
});
