import { expect } from 'chai';
import fc from 'fast-check';
import { SMALLEST_CELL, suppress, suppressPart } from '../../server/domain/suppression.ts';

const names = ['a', 'b', 'c', 'd'] as const;
const cellsOf = (counts: readonly number[]) => names.map((name, i) => ({ name, count: counts[i] ?? 0 }));
const anyCounts = fc.array(fc.nat(40), { minLength: 4, maxLength: 4 });

describe('suppression', () => {
  it('shows everything when every cell holds at least ten', () => {
    const shown = suppress(cellsOf([10, 11, 12, 13]), names);
    expect(shown.cells.map(({ count }) => count)).to.deep.equal([10, 11, 12, 13]);
    expect(shown.total).to.equal(46);
  });

  it('hides a second cell, so that the total does not give the first away', () => {
    const shown = suppress(cellsOf([61, 40, 22, 3]), ['c', 'b', 'a', 'd']);
    expect(shown.cells.map(({ count }) => count)).to.deep.equal([61, 40, null, null]);
    expect(shown.total).to.equal(126);
  });

  it('hides the total as well when it is small itself', () => {
    expect(suppress(cellsOf([3, 2, 0, 0]), names).total).to.equal(null);
  });

  it('never shows a count below ten', () => {
    fc.assert(
      fc.property(anyCounts, (counts) =>
        suppress(cellsOf(counts), names).cells.every(({ count }) => count === null || count >= SMALLEST_CELL),
      ),
    );
  });

  it('never leaves one hidden cell alone, nor a small remainder', () => {
    fc.assert(
      fc.property(anyCounts, (counts) => {
        const { cells, total } = suppress(cellsOf(counts), names);
        const hidden = cells.filter(({ count }) => count === null);
        const shown = cells.reduce((sum, { count }) => sum + (count ?? 0), 0);
        return hidden.length === 0 || total === null || (hidden.length > 1 && total - shown >= SMALLEST_CELL);
      }),
    );
  });

  it('leaves every small count open even to somebody who knows the rule', function exhaust() {
    this.timeout(60_000);
    // Counts up to 30 are tried and those up to 20 asserted, so that every alternative is among those tried.
    const largest = 30;
    const asserted = 20;
    const three = ['a', 'b', 'c'] as const;
    const possible = new Map<string, [Set<number>, Set<number>, Set<number>]>();
    const each = (visit: (counts: [number, number, number], key: string) => void) => {
      for (let a = 0; a <= largest; a += 1) {
        for (let b = 0; b <= largest; b += 1) {
          for (let c = 0; c <= largest; c += 1) {
            const counts: [number, number, number] = [a, b, c];
            const cells = three.map((name, i) => ({ name, count: counts[i] ?? 0 }));
            visit(counts, JSON.stringify(suppress(cells, three)));
          }
        }
      }
    };
    each((counts, key) => {
      const seen = possible.get(key) ?? [new Set(), new Set(), new Set()];
      counts.forEach((count, i) => {
        seen[i]?.add(count);
      });
      possible.set(key, seen);
    });
    each((counts, key) => {
      if (Math.max(...counts) > asserted) return;
      counts.forEach((count, i) => {
        const open = possible.get(key)?.[i]?.size ?? 0;
        if (count < SMALLEST_CELL && open < 2) expect.fail(`${key} gives ${count} away`);
      });
    });
  });

  it('shows a part only when neither it nor the rest is small', () => {
    expect(suppressPart(14, 96)).to.deep.equal({ part: 14, whole: 96 });
    expect(suppressPart(9, 96)).to.deep.equal({ part: null, whole: 96 });
    expect(suppressPart(90, 96)).to.deep.equal({ part: null, whole: 96 });
    expect(suppressPart(4, 6)).to.deep.equal({ part: null, whole: null });
  });
});
