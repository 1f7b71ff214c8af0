let byName: Map<string, string> | undefined;

/** The tag of a language that is written out, in English or in itself (“French”, “français”); null for other words. */
export function languageNamed(words: string): string | null {
  byName ??= allNames();
  return byName.get(words.trim().toLowerCase()) ?? null;
}

/** Of every two-letter code that has a name (ISO 639-1). */
function allNames(): Map<string, string> {
  const letters = [...'abcdefghijklmnopqrstuvwxyz'];
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  const names = new Map<string, string>();
  for (const code of codes) {
    for (const language of [code, 'en']) {
      const name = new Intl.DisplayNames([language, 'en'], { type: 'language', fallback: 'none' }).of(code);
      if (name) names.set(name.toLowerCase(), new Intl.Locale(code).language);
    }
  }
  return names;
}
