import { pipeline, Readable } from 'node:stream';
import { CsvError, type Info, Parser } from 'csv-parse';
import type { FileRow } from '../domain/import/row.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import type { TextPiece } from './file-text.ts';

/** Characters of the longest row; a quote that is never closed would swallow the rest of the file. */
const LONGEST_ROW = 200_000;
const DELIMITERS = [',', ';', '\t', '|'];

interface Parsed {
  record: string[];
  info: Info;
  /** The row as it stands in the file. */
  raw: string;
}

/**
 * The rows of a CSV file, beginning with `columns`, the names in its first row. The delimiter is the one that the
 * first row has most of. Throws `import-quote-open`, `import-row-too-long` and `import-csv-broken` with the line, and
 * `import-columns-twice` when two columns have one name.
 */
export async function* csvRows(pieces: AsyncIterator<TextPiece>): AsyncGenerator<FileRow> {
  const first = await pieces.next();
  if (first.done) return;
  const source = Readable.from(textsOf(first.value, pieces), { highWaterMark: 1 });
  const delimiter = delimiterOf(first.value.text);
  const parser = new Parser({
    info: true,
    raw: true,
    delimiter,
    record_delimiter: '\n',
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: LONGEST_ROW,
  });
  let columns: string[] | undefined;
  let endedAt = 0;
  pipeline(source, parser, () => undefined);
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) {
      endedAt = parsed.info.lines;
      if (columns) yield rowOf(columns, parsed, delimiter);
      else columns = columnsOf(parsed.record);
    }
  } catch (error) {
    throw error instanceof CsvError ? brokenAt(endedAt + 1, error) : error;
  }
}

/** With one kind of line break: the parser would count both halves of a break within quotes. */
async function* textsOf(first: TextPiece, rest: AsyncIterator<TextPiece>): AsyncGenerator<string> {
  let kept = '';
  for (let text = first.text; ; ) {
    const whole = kept + text;
    kept = whole.endsWith('\r') ? '\r' : '';
    const ready = whole.slice(0, whole.length - kept.length).replace(/\r\n?/g, '\n');
    if (ready) yield ready;
    const next = await rest.next();
    if (next.done) break;
    ({ text } = next.value);
  }
  if (kept) yield '\n';
}

function delimiterOf(text: string): string {
  const names = text.slice(0, 4_000).split(/[\r\n]/, 1)[0] ?? '';
  const counted = DELIMITERS.map((delimiter) => ({ delimiter, count: names.split(delimiter).length }));
  return counted.reduce((most, one) => (one.count > most.count ? one : most)).delimiter;
}

function columnsOf(record: readonly string[]): string[] {
  const columns = record.map((name) => name.trim());
  const twice = columns.find((name, index) => name && columns.indexOf(name) !== index);
  if (twice === undefined) return columns;
  throw new RuleViolation('import-columns-twice', `Two columns are called ${twice}.`, {
    field: 'file',
    values: { column: twice },
  });
}

function rowOf(
  columns: readonly string[],
  { record, raw, info: { lines, records } }: Parsed,
  delimiter: string,
): FileRow {
  const breaks = record.join('').split('\n').length - 1;
  const row = {
    line: lines - breaks,
    entry: records - 1,
    cells: Object.fromEntries(columns.flatMap((name, index) => (name ? [[name, record[index] ?? '']] : []))),
  };
  if (breaks > 0 && swallows(raw, delimiter)) {
    return { ...row, problem: { name: 'quote-open', values: { from: row.line, to: lines } } };
  }
  const isTooLong = record.slice(columns.length).some((cell) => cell.trim() !== '');
  if (!isTooLong && record.length >= columns.length) return row;
  const name = isTooLong ? 'too-many-cells' : 'too-few-cells';
  return { ...row, problem: { name, values: { cells: record.length, columns: columns.length } } };
}

/**
 * Whether a quote that was opened in one line of these ends in the middle of a cell of another: then it was never meant
 * to hold them together, and the row is several.
 */
function swallows(raw: string, delimiter: string): boolean {
  for (let at = 0; at < raw.length; ) {
    const isQuoted = raw[at] === '"';
    const end = isQuoted ? endOfQuoted(raw, at + 1) : raw.indexOf(delimiter, at);
    if (end < 0) return false;
    const after = raw[end];
    if (isQuoted && after !== undefined && after !== delimiter && after !== '\n') {
      return raw.slice(at, end).includes('\n');
    }
    at = end + 1;
  }
  return false;
}

/** Behind the quote that closes a cell; a doubled one is part of it. */
function endOfQuoted(raw: string, from: number): number {
  for (let at = raw.indexOf('"', from); at >= 0; at = raw.indexOf('"', at + 2)) {
    if (raw[at + 1] !== '"') return at + 1;
  }
  return -1;
}

function brokenAt(line: number, { code }: CsvError): RuleViolation {
  const about = { field: 'file', values: { line } };
  if (code === 'CSV_QUOTE_NOT_CLOSED')
    return new RuleViolation(
      'import-quote-open',
      `A quote in the row of line ${line} is never closed.`,
      about,
    );
  if (code === 'CSV_MAX_RECORD_SIZE')
    return new RuleViolation('import-row-too-long', `The row of line ${line} is too long.`, about);
  return new RuleViolation('import-csv-broken', `The row of line ${line} cannot be read.`, about);
}
