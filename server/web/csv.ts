/** What a cell may hold; numbers are written as they are, texts never become formulas. */
export type CsvCell = string | number | null;

/** A spreadsheet takes a text that begins so, also in the full-width forms, for a formula. */
const FORMULA_START = /^[\s\p{Cc}]*[=+\-@＝＋－＠]|^[\t\r\n]/u;
/**
 * Where a spreadsheet of a country with decimal commas cuts: it takes semicolons for the edges of cells, also within
 * quotes that do not begin the cell, and then what follows a semicolon, a tab or a line break begins one.
 */
const FORMULA_WITHIN = /(?<=[;\t\r\n])(?=(?:(?![\t\r\n])[\s\p{Cc}"])*[=+\-@＝＋－＠])/gu;
const NEEDS_QUOTES = /[",\r\n]/;

/**
 * Rows as CSV (RFC 4180) with a byte order mark, so that spreadsheets read it as UTF-8. A text that would be taken
 * for a formula gets an apostrophe in front, and so does what would be one in a spreadsheet that cuts at semicolons.
 */
export function writeCsv(rows: readonly (readonly CsvCell[])[]): string {
  return `\uFEFF${rows.map((row) => `${row.map(writeCell).join(',')}\r\n`).join('')}`;
}

function writeCell(cell: CsvCell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const whole = cell.replace(FORMULA_WITHIN, "'");
  const safe = FORMULA_START.test(whole) ? `'${whole}` : whole;
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
