import { STRATEGIES, type Strategy } from '../message.ts';

/** The words of collections for ways of answering; null has no word here, `hostile` is refused (domain.md, tone). */
const WORDS: Readonly<Record<string, Strategy | 'hostile' | null>> = {
  ...Object.fromEntries(STRATEGIES.map((strategy) => [strategy, strategy])),
  fact: 'facts',
  humor: 'humour',
  positive: 'positive-tone',
  consequences: 'warning-of-consequences',
  'warning of consequences': 'warning-of-consequences',
  'positive tone': 'positive-tone',
  negative: 'hostile',
  hostile: 'hostile',
  shaming: 'hostile',
  other: null,
  unknown: null,
  none: null,
};

export interface ReadStrategies {
  strategies: Strategy[];
  /** True when any of them is hostile: such an answer is kept to learn from and is not usable. */
  isHostile: boolean;
  /** Words that mean nothing here. */
  unknown: string[];
}

/** Ways of answering from the words of a file, such as CONAN's cnType. */
export function readStrategies(words: readonly string[]): ReadStrategies {
  const read: ReadStrategies = { strategies: [], isHostile: false, unknown: [] };
  for (const word of words) {
    const key = word.toLowerCase();
    const meant = Object.hasOwn(WORDS, key) ? WORDS[key] : undefined;
    if (meant === undefined) read.unknown.push(word);
    else if (meant === 'hostile') read.isHostile = true;
    else if (meant !== null && !read.strategies.includes(meant)) read.strategies.push(meant);
  }
  return read;
}
