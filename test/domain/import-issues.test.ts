import { expect } from 'chai';
import { groupIssues, stretchesOf } from '../../server/domain/import/issue-groups.ts';
import { languageNamed } from '../../server/domain/import/language-names.ts';

describe('What is said about the rows of an import', () => {
  const note = (line: number, value: string) => ({
    line,
    isError: false,
    name: 'tone-unknown',
    values: { value },
  });

  it('is said once, what was left out first and then what is said of most rows', () => {
    const groups = groupIssues([
      note(2, 'calm'),
      note(3, 'loud'),
      note(4, 'loud'),
      { line: 9, isError: true, name: 'empty', values: {} },
    ]);
    expect(groups.map(({ name, values, lines }) => [name, values.value, lines])).to.deep.equal([
      ['empty', undefined, [9]],
      ['tone-unknown', 'loud', [3, 4]],
      ['tone-unknown', 'calm', [2]],
    ]);
  });

  it('names lines that follow each other as one stretch', () => {
    expect(stretchesOf([4, 6, 7, 7, 8, 20])).to.deep.equal([
      [4, 4],
      [6, 8],
      [20, 20],
    ]);
    expect(stretchesOf([])).to.deep.equal([]);
  });

  it('knows languages by their names, in English or their own', () => {
    const named = ['English', ' français ', 'العربية', 'German', 'en', 'nonsense'].map(languageNamed);
    expect(named).to.deep.equal(['en', 'fr', 'ar', 'de', null, null]);
  });
});
