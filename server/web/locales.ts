import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { IntlMessageFormat } from 'intl-messageformat';
import { INTERFACE_LANGUAGES, type InterfaceLanguage } from '../domain/member.ts';
import type { Log } from '../log.ts';

export type Values = Readonly<Record<string, string | number | boolean | Date | null | undefined>>;

export interface Locales {
  has(key: string): boolean;
  format(language: InterfaceLanguage, key: string, values?: Values): string;
}

/** Tags for Intl: Arabic with the digits that forms and addresses use too. */
export const INTL_TAGS: Readonly<Record<InterfaceLanguage, string>> = {
  en: 'en-GB',
  fr: 'fr',
  ar: 'ar-u-nu-latn',
};

type Texts = ReadonlyMap<string, string>;

/**
 * Reads `views/locales/<language>/<noun>.json` once; a key is `<noun>.<key>`. When a text is missing, `strict`
 * throws; otherwise the English text (or the key itself) is shown and the gap is logged.
 */
export function openLocales(folder: string, options: { strict: boolean; log: Log }): Locales {
  const texts = Object.fromEntries(
    INTERFACE_LANGUAGES.map((language) => [language, readTexts(join(folder, language))]),
  ) as Record<InterfaceLanguage, Texts>;
  const formats = new Map<string, IntlMessageFormat>();

  function formatOf(language: InterfaceLanguage, key: string): IntlMessageFormat {
    const known = formats.get(`${language} ${key}`);
    if (known) return known;
    const text = spaced(language, texts[language].get(key) ?? fallback(language, key));
    const made = new IntlMessageFormat(text, INTL_TAGS[language], undefined, { ignoreTag: true });
    formats.set(`${language} ${key}`, made);
    return made;
  }

  function fallback(language: InterfaceLanguage, key: string): string {
    if (options.strict) throw new Error(`There is no text "${key}" in ${language}.`);
    options.log.warn({ key, language }, 'text missing');
    return texts.en.get(key) ?? key;
  }

  return {
    has: (key) => texts.en.has(key),
    format: (language, key, values) => String(formatOf(language, key).format(values as never)),
  };
}

/**
 * French puts a narrow space before two-part signs and inside its quotation marks, and no line breaks there; the files
 * have plain ones, which a keyboard types. Source: Lexique des règles typographiques, Imprimerie nationale.
 */
function spaced(language: InterfaceLanguage, text: string): string {
  if (language !== 'fr') return text;
  // A double colon belongs to a number's format.
  return text.replace(/ (?=[;!?»]|:(?!:))/g, NARROW).replaceAll('« ', `«${NARROW}`);
}

const NARROW = '\u202f';

function readTexts(folder: string): Texts {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
  return new Map(
    files.flatMap((name) => {
      const noun = name.slice(0, -'.json'.length);
      const file = JSON.parse(readFileSync(join(folder, name), 'utf8')) as Record<string, string>;
      return Object.entries(file).map(([key, text]): [string, string] => [`${noun}.${key}`, text]);
    }),
  );
}
