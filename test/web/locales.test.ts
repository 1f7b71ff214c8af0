import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import Handlebars from 'handlebars';
import { IntlMessageFormat } from 'intl-messageformat';
import { INTERFACE_LANGUAGES } from '../../server/domain/member.ts';
import { openLog } from '../../server/log.ts';
import { openLocales } from '../../server/web/locales.ts';
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

describe('What French and Arabic ask of texts', () => {
  it('French has a space before a two-part sign, and speaks it as a narrow one that breaks no line', () => {
    const aTag = /(?:tlp|information-origin):/g;
    for (const [key, text] of Object.entries(textsOf('fr'))) {
      expect(text.replace(aTag, ''), key).not.to.match(/[^\s][;!?](?=\s|$)|[^\s:]:(?=\s|$)|«\S|\S»/u);
      expect(text, key).not.to.match(/\((?:s|e|es)\)/);
    }
    const folder = fileURLToPath(new URL('locales', views));
    const french = openLocales(folder, { strict: true, log: openLog({ logLevel: 'silent' }) });
    const say = (key: string, values: object) => french.format('fr', key, { ...values });
    expect(say('app.colon', { label: 'Calendrier' })).to.equal('Calendrier\u202f:');
    expect(say('deliveries.tried-withdrawal', { number: 2, outcome: 'x' })).to.equal(
      'Retrait, tentative 2\u202f: x',
    );
    expect(say('campaigns.count-approved', { count: 5 })).to.equal('5 approuvés');
  });

  it('Arabic has a form for one, two, a few and many wherever it counts', () => {
    for (const [key, text] of Object.entries(textsOf('ar'))) {
      const plurals = text.match(/, plural,/g)?.length ?? 0;
      for (const form of ['one', 'two', 'few', 'other']) {
        expect(
          text.match(new RegExp(`[\\s}]${form} \\{`, 'g'))?.length ?? 0,
          `${key}: ${form}`,
        ).to.be.at.least(plurals);
      }
    }
  });

  it('no template sets a colon of its own behind a text', () => {
    for (const file of readdirSync(views, { recursive: true, encoding: 'utf8' })) {
      if (!file.endsWith('.hbs')) continue;
      expect(readFileSync(new URL(file, views), 'utf8'), file).not.to.match(/\}\}:\s/);
    }
  });
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
