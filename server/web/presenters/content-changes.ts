import { approvalSubject, type MessageContent } from '../../domain/message.ts';
import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import type { Speak } from '../speak.ts';
import { armWords } from './post-card.ts';

export interface Change {
  what: string;
  /** Texts as they were read and as they are now; null where there is none to show. */
  before: string | null;
  after: string | null;
}

type VariantRow = [
  id: string,
  network: Network,
  language: string,
  text: string,
  accounts: string[],
  // Left out where there is neither thread nor image, nor an arm.
  parts?: string[],
  images?: [asset: string, sha256: string, altText: string][],
  arm?: string,
];
type Subject = Record<string, unknown> & { variants: VariantRow[] };

/**
 * What became different between the content that somebody read (as the form sent it back) and the content as it
 * is now. Nothing when they are the same or when the form's copy cannot be read.
 */
export function contentChanges(seen: unknown, message: MessageContent, speak: Speak): Change[] {
  return subjectChanges(seen, approvalSubject(message), speak);
}

/** The same between two contents as they were kept. */
export function subjectChanges(earlier: unknown, later: string, speak: Speak): Change[] {
  const before = readSubject(earlier);
  const after = readSubject(later);
  return before && after ? differences(before, after, speak) : [];
}

function differences(before: Subject, after: Subject, speak: Speak): Change[] {
  const parts = Object.keys(after).filter((part) => part !== 'variants');
  const changed = parts.filter((part) => !isSame(before[part], after[part]));
  return [...variantChanges(before.variants, after.variants, speak), ...changed.map(partChange)];

  function partChange(part: string): Change {
    const what = speak.t(`reviews.part-${part}`);
    if (part !== 'callToAction') return { what, before: null, after: null };
    return { what, before: joined(before[part]), after: joined(after[part]) };
  }
}

function variantChanges(before: VariantRow[], after: VariantRow[], speak: Speak): Change[] {
  const ids = [...new Set([...before, ...after].map(([id]) => id))];
  return ids.flatMap((id) => {
    const was = before.find(([known]) => known === id);
    const is = after.find(([known]) => known === id);
    return [...textChange(was, is, speak), ...armChange(was, is, speak)];
  });
}

function textChange(was: VariantRow | undefined, is: VariantRow | undefined, speak: Speak): Change[] {
  const kind = was === undefined ? 'added' : is === undefined ? 'removed' : kindOf(was, is);
  if (kind === null) return [];
  const arm = armWords({ arm: armOf(is ?? was) }, speak);
  const what = [speak.t(`reviews.variant-${kind}`, placeOf(is ?? was)), arm].filter(Boolean).join(' · ');
  return [{ what, before: was ? wordsOf(was, speak) : null, after: is ? wordsOf(is, speak) : null }];
}

/** A text that was taken away takes its arm with it; a new one shows its arm beside its words. */
function armChange(was: VariantRow | undefined, is: VariantRow | undefined, speak: Speak): Change[] {
  const [before, after] = [armOf(was), armOf(is)];
  if (!was || !is || before === after) return [];
  return [{ what: speak.t('reviews.variant-arm', placeOf(is)), before, after }];
}

const armOf = (row: VariantRow | undefined) => row?.[7] ?? null;

const placeOf = ([, network = 'x', language = '']: VariantRow | [] = []) => ({
  network: String(NETWORK_NAMES[network]),
  language,
});

/** null: at most the arm is another one. */
function kindOf(was: VariantRow, is: VariantRow): 'changed' | 'accounts' | null {
  if (!isSame(contentOf(was), contentOf(is))) return 'changed';
  return isSame(was[4], is[4]) ? null : 'accounts';
}

const contentOf = ([, network, language, text, , parts = [], images = []]: VariantRow) => [
  network,
  language,
  text,
  parts,
  images,
];

/** All that a reader would see of it: the texts of a thread with their numbers, and images by their alt text. */
function wordsOf([, , , text, , parts = [], images = []]: VariantRow, speak: Speak): string {
  const texts = [text, ...parts];
  const numbered = texts.map((one, index) =>
    texts.length > 1 ? `${index + 1}/${texts.length} ${one}` : one,
  );
  const shown = images.map(([, sha256, altText], index) =>
    speak.t('assets.image-in-words', { number: index + 1, altText, mark: sha256.slice(0, 8) }),
  );
  return [...numbered, ...shown].join('\n\n');
}

function readSubject(seen: unknown): Subject | null {
  if (typeof seen !== 'string' || seen === '') return null;
  try {
    const subject = JSON.parse(seen) as Subject;
    const isReadable = Array.isArray(subject.variants) && subject.variants.every((row) => Array.isArray(row));
    return isReadable ? subject : null;
  } catch {
    return null;
  }
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

const joined = (value: unknown) =>
  Array.isArray(value) ? value.filter((part) => typeof part === 'string').join(' · ') : null;
