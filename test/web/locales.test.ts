import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import Handlebars from 'handlebars';
import { IntlMessageFormat } from 'intl-messageformat';
import { INTERFACE_LANGUAGES } from '../../server/domain/member.ts';
import { viewHelpers } from '../../server/web/view-helpers/index.ts';

const views = new URL('../../views/', import.meta.url);

function textsOf(language: string): Record<string, string> {
  const folder = new URL(`locales/${language}/`, views);
  const entries = readdirSync(folder).flatMap((file) => {
    const texts = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as Record<string, string>;
    return Object.entries(texts).map(([key, text]) => [`${file.replace('.json', '')}.${key}`, text]);
  });
  return Object.fromEntries(entries);
}

describe('The interface texts', () => {
  const english = textsOf('en');

  for (const language of INTERFACE_LANGUAGES) {
    it(`are complete and well-formed in ${language}`, () => {
      const texts = textsOf(language);
      expect(Object.keys(texts).sort()).to.deep.equal(Object.keys(english).sort());
      for (const [key, text] of Object.entries(texts)) {
        expect(text.trim(), key).to.equal(text).and.not.equal('');
        expect(text, `${key} quotes a brace away`).not.to.match(/'[{}]/);
        expect(
          () => new IntlMessageFormat(text, language, undefined, { ignoreTag: true }),
          key,
        ).not.to.throw();
      }
    });

    it(`ask for the same values in ${language} as in English`, () => {
      const texts = textsOf(language);
      for (const [key, text] of Object.entries(english)) {
        expect(valuesOf(texts[key] ?? ''), key).to.deep.equal(valuesOf(text));
      }
    });
  }
});

interface Node {
  type: number;
  value?: string;
  options?: Record<string, { value: Node[] }>;
}

const LITERAL = 0;
const POUND = 7;

/** Names of the values that a text asks for. */
function valuesOf(text: string): string[] {
  const walk = (nodes: readonly Node[]): string[] =>
    nodes.flatMap(({ type, value, options = {} }) => [
      ...(value !== undefined && type !== LITERAL && type !== POUND ? [value] : []),
      ...Object.values(options).flatMap((option) => walk(option.value)),
    ]);
  const format = new IntlMessageFormat(text, 'en', undefined, { ignoreTag: true });
  return [...new Set(walk(format.getAst() as unknown as Node[]))].sort();
}

describe('Every template', () => {
  it('compiles and calls only known helpers and texts', () => {
    const knownHelpers = Object.fromEntries(Object.keys(viewHelpers).map((name) => [name, true]));
    const texts = textsOf('en');
    const files = readdirSync(views, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.hbs'),
    );
    for (const file of files) {
      const source = readFileSync(new URL(file, views), 'utf8');
      const options = { strict: true, explicitPartialContext: true, knownHelpersOnly: true, knownHelpers };
      expect(() => Handlebars.precompile(source, options as PrecompileOptions), file).not.to.throw();
      for (const [, key] of source.matchAll(/[{(]t "([^"]+)"/g)) {
        expect(texts, `${file}: ${key}`).to.have.property(String(key));
      }
    }
  });
});
