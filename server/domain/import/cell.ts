/** What is wrong with one cell, as a key of `imports.problem-…`; null when it can be read. */
export type CellProblem = 'formula' | 'spreadsheet-error';

/** Line breaks made one kind, characters that nothing can show taken out, no space around. */
export function cleanCell(cell: string): string {
  return cell
    .replace(/\r\n?/g, '\n')
    .replace(/(?![\n\t])[\p{Cc}\p{Cs}\ufffe\uffff]/gu, '')
    .replace(/^'(?=[=+\-@＝＋－＠])/, '')
    .trim();
}

/**
 * A formula or the error of one: the file holds how to compute the text and not the text. A dash, a plus or an @ at
 * the beginning is left alone, since texts begin so.
 */
export function cellProblem(cell: string): CellProblem | null {
  if (/^=\s*[\p{L}("'+\-\d]/u.test(cell)) return 'formula';
  return /^#(?:REF|NAME|VALUE|DIV\/0|N\/A|NULL|NUM)[!?]?$/.test(cell) ? 'spreadsheet-error' : null;
}

/** Letters such as `Ã©` or `â€™`: UTF-8 that somebody once read as Windows-1252 and saved again. */
export function looksMisread(text: string): boolean {
  return /Ã[\u0080-\u00bf]|â€[\u0098-\u009f™œž¦“”]|Ø[§¨ªª±³¹]Ù/.test(text);
}

/** The values of one cell, each once. */
export function valuesIn(cell: string, separator: RegExp): string[] {
  return [...new Set(cell.split(separator).map((value) => value.trim()))].filter(Boolean);
}
