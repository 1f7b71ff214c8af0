import type { CheckOf } from './attachment-checks.ts';
import { hashtagsIn } from './marked-text.ts';
import type { MessageContent, Variant } from './message.ts';
import type { Check } from './readiness.ts';
import { HARD_FROM, readingLevel } from './reading-level.ts';
import { searchTerms } from './search-terms.ts';
import { isInDirection, isInScript, linksIn } from './variant.ts';

/** More of them read as noise, and networks rank such texts down. */
const MOST_HASHTAGS = 3;
/** A number that one can call or write to: at least three digits. */
const NUMBER_TO_CALL = /(?:\d[\s().-]?){3,}/u;
const FEWEST_LETTERS = 4;

/** How a text is written: its direction and script, how hard it reads, its links and hashtags. */
export function writingChecks(text: string, language: string, of: CheckOf): Check[] {
  const isRight = isInDirection(text, language);
  return [
    of('text-direction', isRight ? 'fine' : 'attention', { language }),
    ...(isRight && !isInScript(text, language) ? [of('text-script', 'attention', { language })] : []),
    ...linkChecks(text, of),
    ...hashtagChecks(text, of),
    ...readingChecks(text, language, of),
  ];
}

/**
 * Whether the text itself shows the way to the service: by a link, a number or a word of the service's name. Only a
 * look is asked for, since a call can be made in other words. Source: the glossary, "call to action: clear, simple,
 * doable, meaningful; with the service it leads to".
 */
export function callCheck(
  text: string,
  { callToAction }: Pick<MessageContent, 'callToAction'>,
  of: CheckOf,
): Check {
  const own = searchTerms(text);
  const named = searchTerms(`${callToAction.service} ${callToAction.text}`).some(
    (term) => term.length >= FEWEST_LETTERS && own.includes(term),
  );
  const isThere = named || linksIn(text).length > 0 || NUMBER_TO_CALL.test(text);
  return of('call-in-text', isThere ? 'fine' : 'attention');
}

function linkChecks(text: string, of: CheckOf): Check[] {
  const links = linksIn(text);
  if (links.length === 0) return [];
  const isInsecure = links.some((link) => /^http:/i.test(link));
  return [of('links', isInsecure ? 'attention' : 'fine', { count: links.length })];
}

function hashtagChecks(text: string, of: CheckOf): Check[] {
  const count = hashtagsIn(text).length;
  if (count === 0) return [];
  return [of('hashtags', count > MOST_HASHTAGS ? 'attention' : 'fine', { count, limit: MOST_HASHTAGS })];
}

function readingChecks(text: string, language: Variant['language'], of: CheckOf): Check[] {
  const level = readingLevel(text, language);
  if (level === null) return [];
  return [of('reading-level', level >= HARD_FROM ? 'attention' : 'fine', { level, limit: HARD_FROM })];
}
