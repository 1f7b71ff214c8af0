import { expect } from 'chai';
import fc from 'fast-check';
import { type Due, Lines } from '../../server/domain/lines.ts';

const due = (account: string, number: number): Due => ({
  _id: `${account}${number}`,
  account,
  nextAt: new Date(number),
});

describe('the lines of a lane', () => {
  it('lets the first of each account go, side by side', () => {
    const lines = new Lines();
    lines.replace([due('a', 1), due('a', 2), due('b', 1), due('c', 1)]);
    expect(lines.heads(10).map(({ _id }) => _id)).to.deep.equal(['a1', 'b1', 'c1']);
    expect(lines.heads(2)).to.have.length(2);
  });

  it('keeps an account closed until its own is done, and nobody else', () => {
    const lines = new Lines();
    lines.replace([due('a', 1), due('a', 2), due('b', 1), due('b', 2)]);
    lines.begin(due('a', 1));
    lines.begin(due('b', 1));
    lines.done(due('b', 1));
    expect(lines.heads(10)).to.deep.equal([due('b', 2)]);
    lines.done(due('a', 1));
    expect(lines.heads(10)).to.deep.equal([due('a', 2), due('b', 2)]);
  });

  it('gives up a line whose order is not known any more', () => {
    const lines = new Lines();
    lines.replace([due('a', 1), due('a', 2)]);
    lines.begin(due('a', 1));
    lines.drop(due('a', 1));
    expect([due('a', 1), due('a', 2)].map((each) => lines.has(each))).to.deep.equal([false, false]);
  });

  it('takes over what was found anew without opening an account that is being sent for', () => {
    const lines = new Lines();
    lines.replace([due('a', 1)]);
    lines.begin(due('a', 1));
    lines.replace([due('a', 1), due('a', 2)]);
    expect(lines.heads(10)).to.deep.equal([]);
    lines.done(due('a', 1));
    expect(lines.heads(10)).to.deep.equal([due('a', 2)]);
    expect([due('a', 1), due('a', 2)].map((each) => lines.has(each))).to.deep.equal([false, true]);
  });

  it('forgets what waits and was taken elsewhere', () => {
    const lines = new Lines();
    lines.replace([due('a', 1), due('a', 2), due('b', 1)]);
    lines.begin(due('a', 1));
    lines.replace([due('b', 1)]);
    const all = [due('a', 1), due('a', 2), due('b', 1)];
    expect(all.map((each) => lines.has(each))).to.deep.equal([true, false, true]);
  });

  it('keeps the order of every account, whatever ends first', () => {
    const posts = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 40 });
    fc.assert(
      fc.property(posts, fc.array(fc.nat(), { minLength: 200, maxLength: 200 }), (accounts, choices) => {
        const lines = new Lines();
        const all = accounts.map((account, number) => due(account, number));
        lines.replace(all);
        const [sent, underWay]: [Due[], Due[]] = [[], []];
        for (const choice of choices) {
          const [head] = lines.heads(1);
          if (head && choice % 2 === 0) {
            lines.begin(head);
            underWay.push(head);
            sent.push(head);
          } else {
            const [ended] = underWay.splice(choice % Math.max(underWay.length, 1), 1);
            if (ended) lines.done(ended);
          }
          expect(new Set(underWay.map(({ account }) => account)).size).to.equal(underWay.length);
        }
        for (const account of ['a', 'b', 'c', 'd']) {
          const own = ({ account: other }: Due) => other === account;
          expect(sent.filter(own)).to.deep.equal(all.filter(own).slice(0, sent.filter(own).length));
        }
      }),
    );
  });
});
