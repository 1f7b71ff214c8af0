import { expect } from 'chai';
import fc from 'fast-check';
import { writeCsv } from '../../server/web/csv.ts';

const only = (cell: string | number | null) =>
  writeCsv([[cell]])
    .replace('\uFEFF', '')
    .replace(/\r\n$/, '');

describe('CSV', () => {
  for (const start of ['=', '+', '-', '@', '\t', '\r', ' =', '\n=', '＝', '＋', '－', '＠']) {
    it(`keeps a text that begins with ${JSON.stringify(start)} from becoming a formula`, () => {
      expect(only(`${start}HYPERLINK("x")`).replace(/^"/, '')).to.match(/^'/);
    });
  }

  for (const edge of [';', '\t', '\n']) {
    it(`keeps a formula behind ${JSON.stringify(edge)} from spreadsheets that cut there`, () => {
      expect(only(`text${edge}=HYPERLINK("x")`)).to.contain(`text${edge}'=HYPERLINK`);
      expect(only(`text${edge} "@SUM(1)`)).to.contain(`text${edge}' ""@SUM`);
    });
  }

  it('leaves what cuts nothing and begins nothing as it is', () => {
    expect(only('one; two - three = four')).to.equal('one; two - three = four');
  });

  it('leaves numbers alone, also negative ones', () => {
    expect(only(-0.02)).to.equal('-0.02');
    expect(only(null)).to.equal('');
  });

  it('quotes commas, quotes and line breaks', () => {
    expect(only('a "b", c\nd')).to.equal('"a ""b"", c\nd"');
  });

  it('begins with a byte order mark and ends every row', () => {
    expect(
      writeCsv([
        ['a', 1],
        ['ب', 2],
      ]),
    ).to.equal('\uFEFFa,1\r\nب,2\r\n');
  });

  it('never lets a cell begin like a formula', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'=+-@\t\r\n ",;\u0001\uFEFFaب') }), (text) => {
        const cell = only(text).replace(/^"/, '');
        return !/^\s*[=+\-@]/.test(cell) && !/^[\t\r]/.test(cell);
      }),
    );
  });
});
