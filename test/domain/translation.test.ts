import { expect } from 'chai';
import type { Message, Variant } from '../../server/domain/message.ts';
import {
  assertMayRender,
  languagesNamed,
  originalLanguageOf,
  renderedSubject,
  translationsOf,
} from '../../server/domain/translation.ts';

const variant = (_id: string, fields: Partial<Variant> = {}): Variant => ({
  _id,
  network: 'x',
  language: 'en',
  text: `Text ${_id}`,
  accounts: [],
  ...fields,
});
const hash = (subject: string) => `#${subject}`;
const states = (
  message: Pick<Message, 'variants' | 'originalLanguage'>,
  wanted: readonly string[] = [],
): string[] =>
  translationsOf(message, { wanted, hash }).map((one) => `${one.network} ${one.language} ${one.state}`);

describe('translations of a message with arms', () => {
  const arm = (name: string, fields: Partial<Variant> = {}) =>
    variant(`en ${name}`, { arm: name, ...fields });
  const rendering = (name: string, original: Variant) =>
    variant(`fr ${name}`, { arm: name, language: 'fr', renders: hash(renderedSubject(original)) });
  const [a, b] = [arm('A'), arm('B')];
  const armsOf = (variants: Variant[], wanted: string[] = []) =>
    translationsOf({ originalLanguage: null, variants }, { wanted, hash })
      .filter(({ language }) => language === 'fr')
      .map((one) => `${one.arm ?? '-'} ${one.state}`);

  it('render the original of their own arm', () => {
    expect(armsOf([a, b, rendering('A', a), rendering('B', b)])).to.deep.equal(['A done', 'B done']);
    expect(armsOf([a, b, rendering('A', a), rendering('B', a)])).to.deep.equal(['A done', 'B outdated']);
    const message = { originalLanguage: null, variants: [a, b] };
    expect(assertMayRender(rendering('B', a), message)).to.equal(b);
  });

  it('are missing for the arms that a language lacks, once it has one', () => {
    expect(armsOf([a, b], ['fr'])).to.deep.equal(['- missing']);
    expect(armsOf([a, b, rendering('A', a)])).to.deep.equal(['A done', 'B missing']);
    const single = { ...rendering('A', a), arm: null };
    expect(armsOf([a, b, single])).to.deep.equal(['- done']);
  });
});

describe('translations of a message', () => {
  const original = variant('en');
  const rendering = (fields: Partial<Variant> = {}) =>
    variant('fr', { language: 'fr', renders: hash(renderedSubject(original)), ...fields });

  it('are drafts until somebody says that they render the original', () => {
    const message = { originalLanguage: null, variants: [original, rendering({ renders: null })] };
    expect(states(message)).to.deep.equal(['x en original', 'x fr draft']);
    expect(states({ ...message, variants: [original, rendering()] })).to.deep.equal([
      'x en original',
      'x fr done',
    ]);
  });

  it('are outdated when a text, a part or the words for an image of the original change', () => {
    const image = { asset: 'a', sha256: 'b', altText: 'A door' };
    for (const change of [{ text: 'Another' }, { parts: ['More'] }, { images: [image] }]) {
      const variants = [{ ...original, ...change }, rendering()];
      expect(states({ originalLanguage: null, variants })).to.include('x fr outdated');
    }
  });

  it('are missing on each network where the brief or another text names the language', () => {
    const variants = [original, variant('m', { network: 'mastodon', language: 'fr-BE' })];
    expect(states({ originalLanguage: 'en', variants }, ['fr', 'ar'])).to.have.members([
      'x en original',
      'x fr-BE missing',
      'x ar missing',
      'mastodon en missing',
      'mastodon fr-BE draft',
      'mastodon ar missing',
    ]);
  });

  it('render the original of their own network, else that of another', () => {
    const elsewhere = variant('m', { network: 'mastodon', text: 'Longer' });
    const french = variant('f', { network: 'mastodon', language: 'fr' });
    const both = { originalLanguage: null, variants: [original, elsewhere, french] };
    expect(assertMayRender(french, both)).to.equal(elsewhere);
    expect(assertMayRender(french, { ...both, variants: [original, french] })).to.equal(original);
  });

  it('are never the original itself, and never empty', () => {
    const message = { originalLanguage: 'fr', variants: [original, rendering({ text: ' ' })] };
    expect(originalLanguageOf(message)).to.equal('fr');
    expect(() => assertMayRender(message.variants[1]!, message)).to.throw('original');
    expect(() => assertMayRender(message.variants[0]!, message)).to.throw('Write both');
  });

  it('take the languages of a brief as somebody types them', () => {
    expect(languagesNamed('fr, ar; en-gb، nonsense words, fr')).to.deep.equal(['fr', 'ar', 'en-GB']);
  });
});
