import { RuleViolation } from './rule-violation.ts';

export const SHORTEST_PASSWORD = 12;

/** Pieces that the most common passwords are made of, in the spelling of `plainly`. */
const COMMON_PIECES = (
  'password passwort passwd motdepasse kennwort wachtwoord contrasena parola senha qwertyuiop qwerty qwertz azerty ' +
  'asdfghjkl asdfgh zxcvbnm qazwsx letmein welcome iloveyou jetaime tequiero habibi football baseball basketball ' +
  'superman batman spiderman starwars pokemon dragon monkey shadow master princess sunshine princesse soleil ' +
  'doudou chocolate cheese butterfly flower computer internet samsung google facebook whatsapp twitter instagram ' +
  'administrator administrateur admin login access secret changeme default temporary guest user test hello bonjour ' +
  'whatever trustno charlie michael jennifer jordan ashley daniel mohamed mohammed ahmed ' +
  'liverpool arsenal chelsea barcelona realmadrid january february march april june july august september october ' +
  'november december monday tuesday wednesday thursday friday saturday sunday summer winter spring autumn ' +
  'abcdefghijklmnopqrstuvwxyz abcdef rejoinder'
).split(' ');

const LOOKALIKES: Readonly<Record<string, string>> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '8': 'b',
  '@': 'a',
  $: 's',
  '!': 'i',
  '€': 'e',
};

/** What must be left of a password once its guessable pieces are taken out. */
const ENOUGH_LETTERS = 5;

/**
 * Throws RuleViolation when a password can be guessed: too short, made of the pieces of common passwords, of a
 * repetition or a row, or of the person's and organisation's own words. No other composition is asked for.
 */
export function assertStrongPassword(password: string, ownWords: readonly string[]): void {
  if ([...password].length < SHORTEST_PASSWORD) {
    throw violation('password-too-short', `Use at least ${SHORTEST_PASSWORD} characters.`);
  }
  if (new Set(password).size < ENOUGH_LETTERS || isGuessable(password, COMMON_PIECES)) {
    throw violation('password-common', 'This password is among the first that others would try.');
  }
  const own = ownWords
    .flatMap((words) => plainly(words).split(/[^\p{L}]+/u))
    .filter((word) => word.length > 3);
  if (isGuessable(password, [...own, ...COMMON_PIECES])) {
    throw violation('password-personal', 'This password is made of your own name, address or organisation.');
  }
}

function isGuessable(password: string, pieces: readonly string[]): boolean {
  const lowered = password.toLowerCase();
  return [lowered, plainly(lowered)].some((spelling) => remainder(spelling, pieces).length < ENOUGH_LETTERS);
}

/** What is left without the pieces, without rows like `1234` and without what repeats. */
function remainder(spelling: string, pieces: readonly string[]): string {
  const longestFirst = [...pieces].sort((a, b) => b.length - a.length);
  const without = longestFirst.reduce((left, piece) => left.replaceAll(piece, ' '), spelling);
  const withoutRows = [...without].filter((_letter, index, all) => !continues(all, index)).join('');
  const distinctRuns = withoutRows.replace(/(.+?)\1+/gu, '$1');
  return distinctRuns.replace(/\s+/g, '');
}

function continues(letters: readonly string[], index: number): boolean {
  const step = (at: number) => (letters[at]?.codePointAt(0) ?? 0) - (letters[at - 1]?.codePointAt(0) ?? 0);
  return index > 0 && Math.abs(step(index)) <= 1;
}

function plainly(text: string): string {
  return [...text.toLowerCase()].map((letter) => LOOKALIKES[letter] ?? letter).join('');
}

function violation(rule: string, message: string): RuleViolation {
  return new RuleViolation(rule, message, { field: 'password', values: { shortest: SHORTEST_PASSWORD } });
}
