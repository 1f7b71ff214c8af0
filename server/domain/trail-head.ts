import type { ChainEnd, Mac } from './trail.ts';

/** In DATA_DIR; worth copying elsewhere, where nobody who can change the database reaches it. */
export const HEADS_FILE = 'trail-heads.jsonl';

/** Where the trail ended at a moment, kept outside the database: what shows that its end was cut off later. */
export interface TrailHead extends ChainEnd {
  at: Date;
}

/** One signed line of the file of heads. */
export function headLine({ at, sequence, hash }: TrailHead, mac: Mac): string {
  const head = { at: at.toISOString(), sequence, hash };
  return `${JSON.stringify({ ...head, mac: mac(headText(head)) })}\n`;
}

/** The heads in the file, oldest first, and the number (from 1) of the first line that we did not write; else null. */
export function readHeads(text: string, mac: Mac): { heads: TrailHead[]; brokenLine: number | null } {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  const heads: TrailHead[] = [];
  for (const [index, line] of lines.entries()) {
    const head = readLine(line, mac);
    if (!head) return { heads, brokenLine: index + 1 };
    heads.push(head);
  }
  return { heads, brokenLine: null };
}

function readLine(line: string, mac: Mac): TrailHead | null {
  try {
    const { at, sequence, hash, mac: signature } = JSON.parse(line);
    if (mac(headText({ at, sequence, hash })) !== signature) return null;
    return { at: new Date(at), sequence, hash };
  } catch {
    return null;
  }
}

const headText = (head: { at: string; sequence: number; hash: string }) =>
  JSON.stringify(['head', head.at, head.sequence, head.hash]);
