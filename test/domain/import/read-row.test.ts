import { expect } from 'chai';
import { openRowReader } from '../../../server/domain/import/read-row.ts';
import type { FileRow, ImportSettings } from '../../../server/domain/import/row.ts';

const SETTINGS: ImportSettings = {
  mapping: {
    text: 'text',
    claim: 'claim',
    strategies: 'way',
    tone: 'tone',
    key: 'id',
    targets: 'about',
    severity: 'weight',
    language: 'lang',
  },
  language: 'en',
  severity: 3,
  collection: 'Ours',
};
let entries = 0;
const rowOf = (cells: FileRow['cells']): FileRow => {
  entries += 1;
  return { line: entries + 1, entry: entries, cells };
};
const read = (cells: FileRow['cells'], settings: Partial<ImportSettings> = {}) =>
  openRowReader({ ...SETTINGS, ...settings })(rowOf(cells));

describe('A row of a file', () => {
  it('becomes an answer and the claim that it answers', () => {
    const { answer, claim, error } = read({ text: ' You can call. ', claim: 'Nobody helps.', about: 'A/B' });
    expect(error).to.equal(null);
    expect(answer).to.deep.include({ text: 'You can call.', language: 'en', standing: 'usable' });
    expect(answer?.source).to.deep.equal({ collection: 'Ours', key: '', knowledge: '' });
    expect(claim).to.deep.include({ claim: 'Nobody helps.', severity: 3, targets: ['A', 'B'] });
  });

  it('takes the life out of addresses in a claim', () => {
    const { claim } = read({ text: '', claim: 'All here: https://example.org/list now' });
    expect(claim?.claim).to.equal('All here: example[.]org/list now');
  });

  it('keeps a hostile answer as refused, whatever else it is', () => {
    for (const way of ['negative', 'facts , negative', 'hostile'])
      expect(read({ text: 'Be quiet.', way }).answer?.standing).to.equal('refused');
    expect(read({ text: 'Be quiet.', tone: 'shaming' }).answer?.standing).to.equal('refused');
    expect(read({ text: 'Be kind.', way: 'facts' }).answer?.standing).to.equal('usable');
  });

  const words: [string, string[]][] = [
    ['facts', ['facts']],
    ['denouncing', ['denouncing']],
    ['hypocrisy', ['hypocrisy']],
    ['question', ['question']],
    ['humor', ['humour']],
    ['positive', ['positive-tone']],
    ['affiliation', ['affiliation']],
    ['consequences', ['warning-of-consequences']],
    ['other', []],
    ['humor , facts , facts', ['humour', 'facts']],
  ];
  for (const [way, strategies] of words) {
    it(`takes the way “${way}” for ${strategies.join(' and ') || 'none'}`, () => {
      const { answer, notes } = read({ text: 'Words.', way });
      expect(answer?.strategies).to.deep.equal(strategies);
      expect(notes).to.deep.equal([]);
    });
  }

  it('is imported without a way or a tone that has no word here, and says so', () => {
    const { answer, notes } = read({ text: 'Words.', way: 'facts, juggling, constructor', tone: 'loud' });
    expect(answer?.strategies).to.deep.equal(['facts']);
    expect(notes.map(({ name }) => name)).to.deep.equal(['strategy-unknown', 'tone-unknown']);
    expect(notes[0]?.values.value).to.equal('juggling, constructor');
  });

  it('gets its language from its own cell, from the key of CONAN, or from the form', () => {
    expect(read({ text: 'x', lang: 'pt-br', id: 'FRT1ST1HS1CN1' }).answer?.language).to.equal('pt-BR');
    expect(read({ text: 'x', id: 'ITT1ST1HS1CN1' }).answer?.language).to.equal('it');
    expect(read({ text: 'x' }).answer?.language).to.equal('en');
    expect(read({ text: 'x' }, { language: '' }).error?.name).to.equal('language-missing');
    expect(read({ text: 'x', lang: '???' }).error).to.deep.include({ name: 'language-unknown' });
  });

  it('knows paraphrases and translations by the key of CONAN; translations are English', () => {
    const tagsOf = (id: string) => read({ text: 'x', id }).answer;
    expect(tagsOf('ENT1ST1HS1CN1P2')?.tags).to.deep.equal(['paraphrase']);
    expect(tagsOf('FRT1ST1HS1CN1T1')).to.deep.include({ tags: ['translation'], language: 'en' });
    expect(tagsOf('FRT1ST1HS1CN1X')).to.deep.include({ tags: [], language: 'en' });
  });

  const wrong: [string, FileRow['cells'], string][] = [
    ['nothing in it', { text: '  ', claim: '' }, 'empty'],
    ['a formula', { text: '=HYPERLINK("x")' }, 'formula'],
    ['the error of a formula', { text: '#REF!' }, 'spreadsheet-error'],
    ['a text beyond every network', { text: 'x'.repeat(4001) }, 'too-long'],
    ['a severity beyond five', { text: 'x', claim: 'y', weight: '9' }, 'severity-unknown'],
  ];
  for (const [what, cells, name] of wrong) {
    it(`with ${what} is an error and brings nothing`, () => {
      const { answer, claim, error, line } = read(cells);
      expect({ answer, claim }).to.deep.equal({ answer: null, claim: null });
      expect(error?.name).to.equal(name);
      expect(line).to.equal(entries + 1);
    });
  }

  it('may begin like a list or a mention, and loses the apostrophe that our own export put before it', () => {
    expect(read({ text: '- first of all' }).answer?.text).to.equal('- first of all');
    expect(read({ text: "'@home says" }).answer?.text).to.equal('@home says');
    expect(read({ text: "'tis so" }).answer?.text).to.equal("'tis so");
  });

  it('loses characters that nothing can show', () => {
    expect(read({ text: 'a\u0007b\r\nc\td\ud800' }).answer?.text).to.equal('ab\nc\td');
  });

  it('is noted when its letters were misread once', () => {
    expect(read({ text: 'trÃ¨s' }).notes).to.deep.equal([{ name: 'misread-letters', values: {} }]);
    expect(read({ text: 'très' }).notes).to.deep.equal([]);
  });
});

describe('A line of a dialogue', () => {
  const mapping = { text: 'text', dialogue: 'd', turn: 't', side: 'type', targets: 'about' };
  const open = () => openRowReader({ ...SETTINGS, mapping });
  const line = (d: string, t: string, type: string, text: string) => rowOf({ d, t, type, text });

  it('is a claim, or answers the last claim before it in its own dialogue', () => {
    const reader = open();
    reader(line('1', '0', 'HS', 'First claim.'));
    reader(line('2', '0', 'HS', 'Elsewhere.'));
    const first = reader(line('1', '1', 'CN', 'First answer.'));
    reader(line('1', '2', 'HS', 'Second claim.'));
    const second = reader(line('1', '3', 'CN', 'Second answer.'));
    expect(first.claim?.claim).to.equal('First claim.');
    expect(second.claim?.claim).to.equal('Second claim.');
    expect(second.answer?.said).to.deep.equal({ dialogue: '1', turn: 3 });
    expect(second.answer?.source.key).to.equal('1/3');
  });

  it('that answers nothing is imported, and noted', () => {
    const { answer, claim, notes } = open()(line('1', '1', 'CN', 'An answer.'));
    expect(answer?.text).to.equal('An answer.');
    expect(claim).to.equal(null);
    expect(notes[0]?.name).to.equal('answers-nothing');
  });

  it('is an error without a place in its dialogue or with a third side', () => {
    expect(open()(line('1', 'x', 'CN', 'y')).error?.name).to.equal('turn-unreadable');
    expect(open()(line('', '1', 'CN', 'y')).error?.name).to.equal('turn-unreadable');
    expect(open()(line('1', '1', 'XX', 'y')).error?.name).to.equal('side-unknown');
  });
});
