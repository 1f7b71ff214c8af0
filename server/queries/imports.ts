import { groupIssues, type IssueGroup } from '../domain/import/issue-groups.ts';
import { openRowReader } from '../domain/import/read-row.ts';
import type { ReadRow } from '../domain/import/row.ts';
import { type Import, isOver, isWorking } from '../domain/import.ts';
import { RuleViolation } from '../domain/rule-violation.ts';
import { NotFound } from '../errors.ts';
import { Imports } from '../models/import.ts';
import { ImportBatches, type ImportIssue } from '../models/import-batch.ts';
import { firstRows } from '../models/import-rows.ts';
import { memberNames } from './member-names.ts';
import { PAGE_SIZE, type PageOf, skipTo } from './page-of.ts';

const PREVIEW_ROWS = 20;
const SHOWN_ISSUES = 20;
/** Stands in for a language that is not chosen yet, so that a preview shows what there is. */
const NO_LANGUAGE = 'und';

/** Files on their way into the library, the latest first, with the names of those who brought them. */
export async function listImports(
  page: number,
): Promise<PageOf<Import> & { names: ReadonlyMap<string, string> }> {
  const [items, total] = await Promise.all([
    Imports.find().sort({ createdAt: -1 }).skip(skipTo(page)).limit(PAGE_SIZE).lean<Import[]>(),
    Imports.countDocuments(),
  ]);
  return { items, total, page, names: await memberNames(items.map(({ createdBy }) => createdBy)) };
}

/** One import as it stands. Throws NotFound. */
export async function findImport(id: string): Promise<Import> {
  const item = await Imports.findById(id).lean<Import>();
  if (!item) throw new NotFound('There is no such import.');
  return item;
}

export interface ImportPage {
  item: Import;
  by: string;
  /** What the first rows would bring, as they are mapped now; empty while the file is worked on or gone. */
  preview: ReadRow[];
  /** What was said about rows, the gravest and most frequent first. */
  issues: IssueGroup[];
  /** How many different sentences there are. */
  issueCount: number;
}

/** An import with the beginning of its file and of its list of problems. Throws NotFound. */
export async function readImport(id: string): Promise<ImportPage> {
  const item = await findImport(id);
  const [names, preview, issues] = await Promise.all([
    memberNames([item.createdBy]),
    previewOf(item),
    importIssues(item),
  ]);
  const groups = groupIssues(issues);
  return {
    item,
    by: names.get(item.createdBy) ?? '',
    preview,
    issues: groups.slice(0, SHOWN_ISSUES),
    issueCount: groups.length,
  };
}

/** Every sentence about single rows that is on record, in the order of the file. */
export async function importIssues({ _id, run }: Pick<Import, '_id' | 'run'>): Promise<ImportIssue[]> {
  const issues: ImportIssue[] = [];
  const batches = ImportBatches.find({ import: _id, run }).select('issues').sort({ number: 1 }).lean();
  for await (const batch of batches.cursor()) issues.push(...batch.issues);
  return issues;
}

async function previewOf(item: Import): Promise<ReadRow[]> {
  const { state, settings } = item;
  if (isOver(state) || isWorking(state)) return [];
  try {
    const read = openRowReader({ ...settings, language: settings.language || NO_LANGUAGE });
    return (await firstRows(item, PREVIEW_ROWS)).map(read);
  } catch (error) {
    // The page says why a file cannot be read; it has nothing to show of it.
    if (error instanceof RuleViolation) return [];
    throw error;
  }
}
