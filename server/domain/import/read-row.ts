import { STRATEGIES, TONES, type Tone } from '../message.ts';
import { neutraliseAddresses } from '../narrative.ts';
import { languageTag } from '../variant.ts';
import { cellProblem, cleanCell, looksMisread, valuesIn } from './cell.ts';
import { readConanId } from './conan-id.ts';
import { columnKey, IMPORT_FIELDS } from './fields.ts';
import { languageNamed } from './language-names.ts';
import type {
  AnswerDraft,
  ClaimDraft,
  FileRow,
  ImportSettings,
  MappedCells,
  ReadRow,
  RowProblem,
} from './row.ts';
import { readStrategies } from './strategies.ts';

/** As long as the forms of the library allow. */
const LONGEST: Partial<Record<keyof MappedCells, number>> = { text: 4000, claim: 1000, knowledge: 4000 };
const LONGEST_OTHER = 200;
const LISTS = /\s*[,;|\n]\s*/;
const TARGETS = /\s*[/;|\n]\s*/;

class WrongRow extends Error {
  readonly problem: RowProblem;

  constructor(name: string, values: RowProblem['values'] = {}) {
    super(name);
    this.problem = { name, values };
  }
}

/**
 * Reads the rows of one file in their order. A reader remembers what was said in each dialogue, so that an answer
 * finds the claim that it replies to.
 */
export function openRowReader(settings: ImportSettings): (row: FileRow) => ReadRow {
  const dialogues = new Map<string, { turn: number; claim: ClaimDraft }[]>();
  return (row) => {
    const { line, entry } = row;
    const notes: RowProblem[] = [];
    try {
      if (row.problem) throw new WrongRow(row.problem.name, row.problem.values);
      const cells = mapped(row, settings);
      const read = cells.side
        ? readTurn(cells, settings, dialogues, notes)
        : readPair(cells, settings, notes);
      return { line, entry, error: null, notes, ...read };
    } catch (error) {
      if (!(error instanceof WrongRow)) throw error;
      return { line, entry, claim: null, answer: null, error: error.problem, notes: [] };
    }
  };
}

/** The cells that mean something, cleaned; a cell that cannot be read is an error of the row. */
function mapped({ cells }: FileRow, { mapping }: ImportSettings): MappedCells {
  const read = {} as MappedCells;
  for (const field of IMPORT_FIELDS) {
    const column = mapping[field];
    const cell = cleanCell((column !== undefined && cells[column]) || '');
    const problem = cellProblem(cell);
    if (problem) throw new WrongRow(problem, { column: column ?? '' });
    const limit = LONGEST[field] ?? LONGEST_OTHER;
    if (cell.length > limit)
      throw new WrongRow('too-long', { column: column ?? '', length: cell.length, limit });
    read[field] = cell;
  }
  return read;
}

type Read = Pick<ReadRow, 'claim' | 'answer'>;

function readPair(cells: MappedCells, settings: ImportSettings, notes: RowProblem[]): Read {
  if (!cells.text && !cells.claim) throw new WrongRow('empty');
  if (!cells.text && settings.mapping.text) notes.push({ name: 'no-answer', values: {} });
  const claim = cells.claim ? claimOf(cells.claim, cells, settings, notes) : null;
  return { claim, answer: cells.text ? answerOf(cells, settings, notes) : null };
}

/** A line of a dialogue: what the hateful side says is a claim, what the other says answers the last claim before it. */
function readTurn(
  cells: MappedCells,
  settings: ImportSettings,
  dialogues: Map<string, { turn: number; claim: ClaimDraft }[]>,
  notes: RowProblem[],
): Read {
  if (!cells.text) throw new WrongRow('empty');
  const turn = Number(cells.turn);
  if (!cells.dialogue || !/^\d{1,6}$/.test(cells.turn))
    throw new WrongRow('turn-unreadable', { turn: cells.turn });
  const side = columnKey(cells.side);
  const said = dialogues.get(cells.dialogue) ?? [];
  if (side === 'hs') {
    const claim = claimOf(cells.text, cells, settings, notes);
    dialogues.set(cells.dialogue, [...said, { turn, claim }]);
    return { claim, answer: null };
  }
  if (side !== 'cn') throw new WrongRow('side-unknown', { side: cells.side });
  const before = said.filter((one) => one.turn < turn).sort((a, b) => b.turn - a.turn)[0];
  if (!before) notes.push({ name: 'answers-nothing', values: {} });
  const key = cells.key || `${cells.dialogue}/${turn}`;
  const answer = answerOf({ ...cells, key }, settings, notes);
  return { claim: before?.claim ?? null, answer: { ...answer, said: { dialogue: cells.dialogue, turn } } };
}

/** Addresses in it lead nowhere afterwards, as in a claim that somebody types. */
function claimOf(
  text: string,
  cells: MappedCells,
  settings: ImportSettings,
  notes: RowProblem[],
): ClaimDraft {
  noteMisread(text, notes);
  const topics = [...valuesIn(cells.topics, LISTS), ...valuesIn(cells.subtopics, LISTS)];
  if (cells.severity && !/^[1-5]$/.test(cells.severity))
    throw new WrongRow('severity-unknown', { value: cells.severity });
  return {
    claim: neutraliseAddresses(text).text,
    appeals: [],
    circulation: '',
    severity: Number(cells.severity || settings.severity),
    grievance: '',
    targets: valuesIn(cells.targets, TARGETS),
    tags: [...new Set(topics)],
  };
}

function answerOf(cells: MappedCells, settings: ImportSettings, notes: RowProblem[]): AnswerDraft {
  noteMisread(cells.text, notes);
  const id = readConanId(cells.key);
  const { strategies, isHostile, unknown } = readStrategies(valuesIn(cells.strategies, LISTS));
  if (unknown.length > 0) {
    const known = STRATEGIES.join(', ');
    notes.push({ name: 'strategy-unknown', values: { value: unknown.join(', '), known } });
  }
  const { tone, isRefused } = toneOf(cells.tone, notes);
  const isMarked = ['refused', 'negative', 'hostile'].includes(cells.standing.toLowerCase());
  return {
    text: cells.text,
    language: languageOf(cells.language, id?.language, settings),
    strategies,
    tone,
    standing: isHostile || isRefused || isMarked ? 'refused' : 'usable',
    source: {
      collection: cells.collection || settings.collection,
      key: cells.key,
      knowledge: cells.knowledge,
    },
    said: null,
    tags: [...new Set([...valuesIn(cells.tags, LISTS), ...(id?.made ? [id.made] : [])])],
  };
}

function languageOf(cell: string, fromId: string | undefined, settings: ImportSettings): string {
  const said = languageNamed(cell) || cell || fromId || settings.language;
  // Longer first parts are reserved (RFC 5646, 2.2.1): what stands there is a word.
  const tag = /^\p{L}{4,}/u.test(said) ? null : languageTag(said);
  if (!tag) throw new WrongRow(cell ? 'language-unknown' : 'language-missing', { value: cell });
  return tag;
}

function toneOf(cell: string, notes: RowProblem[]): { tone: Tone | null; isRefused: boolean } {
  const word = cell.toLowerCase();
  if (word === 'hostile' || word === 'shaming') return { tone: null, isRefused: true };
  const tone = TONES.find((known) => known === word) ?? null;
  if (cell && !tone) notes.push({ name: 'tone-unknown', values: { value: cell, known: TONES.join(', ') } });
  return { tone, isRefused: false };
}

function noteMisread(text: string, notes: RowProblem[]): void {
  if (looksMisread(text)) notes.push({ name: 'misread-letters', values: {} });
}
