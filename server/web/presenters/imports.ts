import { IMPORT_FIELDS, type ImportField, isPersonal, OWN_COLUMNS } from '../../domain/import/fields.ts';
import { stretchesOf } from '../../domain/import/issue-groups.ts';
import type { ReadRow, RowProblem } from '../../domain/import/row.ts';
import type { Import, ImportCounts, ImportState } from '../../domain/import.ts';
import { IMPORT_ENCODINGS, isWorking, mayStep, mayUndo } from '../../domain/import.ts';
import { directionOf } from '../../domain/variant.ts';
import type { ImportPage, importIssues, listImports } from '../../queries/imports.ts';
import { PAGE_SIZE } from '../../queries/page-of.ts';
import type { CsvCell } from '../csv.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { libraryTabs, optionsOf } from './library.ts';

const BADGES: Readonly<Record<ImportState, string>> = {
  mapping: 'look',
  checking: 'wait',
  checked: 'look',
  importing: 'wait',
  done: 'good',
  cancelled: 'quiet',
  failed: 'bad',
  undoing: 'wait',
  undone: 'quiet',
};

/** Fields that most files have; the others are under “more”. */
const MAIN_FIELDS: readonly ImportField[] = [
  'text',
  'claim',
  'language',
  'targets',
  'strategies',
  'tags',
  'key',
];
const SEVERITIES = ['1', '2', '3', '4', '5'];

const badgeOf = (state: ImportState, speak: Speak) => ({
  kind: BADGES[state],
  text: speak.t(`imports.state-${state}`),
});

/** All imports, the latest first. */
export function importsPage(
  { items, total, page, names }: Awaited<ReturnType<typeof listImports>>,
  { mayAdd, speak }: { mayAdd: boolean; speak: Speak },
) {
  const from = (page - 1) * PAGE_SIZE + 1;
  const pageAt = (number: number) => `${paths.imports}?page=${number}`;
  return {
    title: speak.t('library.tab-imports'),
    tabs: libraryTabs('imports', speak),
    newPath: mayAdd ? paths.newImport : null,
    rows: items.map((item) => ({
      path: paths.import(item._id),
      name: item.name,
      state: badgeOf(item.state, speak),
      format: speak.t(`imports.format-${item.format}`),
      by: names.get(item.createdBy) ?? '',
      at: speak.dateTime(item.createdAt),
      added: item.isForGood ? addedBy(item.counts, speak) : '–',
    })),
    pages: {
      previous: page > 1 ? pageAt(page - 1) : null,
      next: page * PAGE_SIZE < total ? pageAt(page + 1) : null,
      summary: speak.t('app.pages-summary', { from, to: from + items.length - 1, total }),
    },
  };
}

const addedBy = ({ answers, narratives }: ImportCounts, speak: Speak) =>
  speak.t('imports.added', { answers, narratives });

/** The form that brings a file. */
export function newImportPage(speak: Speak) {
  return {
    title: speak.t('imports.new'),
    cancel: paths.imports,
    templatePath: paths.importTemplate,
    columns: OWN_COLUMNS.map((name) => ({ name, about: speak.t(`imports.about-${name}`) })),
  };
}

/** The second line of the template: an example that people replace. */
export function templateRow(speak: Speak): string[] {
  const example: Partial<Record<ImportField, string>> = {
    text: speak.t('imports.example-text'),
    language: speak.language,
    claim: speak.t('imports.example-claim'),
    severity: '3',
    strategies: 'facts; question',
    tone: 'empathic',
    standing: 'usable',
  };
  return OWN_COLUMNS.map((column) => example[column] ?? '');
}

/** One import, whatever state it is in. */
export function importPage(
  { item, by, preview, issues, issueCount }: ImportPage,
  { mayEdit, speak }: { mayEdit: boolean; speak: Speak },
) {
  const { _id, state, columns } = item;
  const may = (step: Parameters<typeof mayStep>[1]) => mayEdit && mayStep(state, step);
  const hasRun = item.counts.rows > 0;
  return {
    title: item.name,
    tabs: libraryTabs('imports', speak),
    state: badgeOf(state, speak),
    lead: speak.t(`imports.lead-${state}`),
    failure: item.failure && speak.t(`rules.${item.failure.rule}`, item.failure.values),
    facts: factsOf(item, by, speak),
    progress: isWorking(state) ? progressOf(item, speak) : null,
    counts: hasRun && !isWorking(state) ? countsOf(item, speak) : null,
    mapping: may('check') ? mappingOf(columns, item.settings.mapping, speak) : null,
    isMappingOpen: state !== 'checked',
    encodings: may('reread') ? optionsOf('encoding', IMPORT_ENCODINGS, speak) : null,
    preview: preview.map((row) => previewRow(row, speak)),
    issues: issues.map((issue) => ({
      ...issueRow(issue, speak),
      lines: linesView(issue.lines, speak),
      count: speak.t('imports.rows-affected', { count: issue.lines.length }),
    })),
    issueSummary: speak.t('imports.issues-shown', { shown: issues.length, total: issueCount }),
    issuesPath: paths.importIssues(_id),
    startPath: may('import') ? paths.importStart(_id) : null,
    startLabel: speak.t('imports.start', {
      answers: item.counts.answers,
      narratives: item.counts.narratives,
    }),
    cancelPath: may('cancel') ? paths.importCancellation(_id) : null,
    undoPath: mayEdit && mayUndo(item) ? paths.importUndoing(_id) : null,
    answersPath: state === 'done' ? paths.answers : null,
    narrativesPath: paths.narratives,
  };
}

function factsOf(item: Import, by: string, speak: Speak) {
  const left = item.columns.filter((column) => isPersonal(column));
  return [
    [speak.t('imports.format'), speak.t(`imports.format-${item.format}`)],
    [speak.t('imports.size'), speak.t('imports.kilobytes', { count: Math.ceil(item.sizeBytes / 1024) })],
    [speak.t('imports.letters'), speak.label('encoding', item.encoding)],
    [speak.t('imports.left-out'), left.join(', ')],
    [speak.t('imports.brought'), `${by} · ${speak.dateTime(item.createdAt)}`],
  ].flatMap(([term, text]) => (text ? [{ term, text }] : []));
}

/** How far the job is; a share is not known while an import is undone. */
export function progressOf({ _id, state, readBytes, sizeBytes, counts }: Import, speak: Speak) {
  const share = state === 'undoing' || sizeBytes === 0 ? null : readBytes / sizeBytes;
  return {
    path: paths.importProgress(_id),
    pagePath: paths.import(_id),
    percent: share === null ? null : Math.floor(share * 100),
    text: share === null ? '' : speak.percent(share, 0),
    label: speak.t(`imports.state-${state}`),
    rows: speak.t('imports.rows-read', { count: counts.rows }),
  };
}

function countsOf({ counts, state, isForGood }: Import, speak: Speak) {
  const isDry = !isForGood || state === 'checked';
  const names = ['rows', 'answers', 'narratives', 'known', 'refused', 'wrong', 'noted'] as const;
  return {
    title: speak.t(isDry ? 'imports.would' : 'imports.did'),
    rows: names.map((name) => ({
      term: speak.t(`imports.count-${name}`),
      number: speak.number(counts[name]),
      about: speak.t(`imports.count-${name}-about`),
    })),
  };
}

function mappingOf(columns: readonly string[], mapping: Import['settings']['mapping'], speak: Speak) {
  const options = columns.filter((column) => !isPersonal(column)).map((value) => ({ value, label: value }));
  const fieldOf = (field: ImportField) => ({
    name: `mapping.${field}`,
    label: speak.t(`imports.field-${field}`),
    options,
  });
  const more = IMPORT_FIELDS.filter((field) => !MAIN_FIELDS.includes(field));
  return {
    main: MAIN_FIELDS.map(fieldOf),
    more: more.map(fieldOf),
    isMoreOpen: more.some((field) => mapping[field] !== undefined),
    severities: SEVERITIES.map((value) => ({ value, label: speak.t(`narratives.severity-${value}`) })),
  };
}

function previewRow({ line, claim, answer, error, notes }: ReadRow, speak: Speak) {
  const strategies = answer?.strategies.map((strategy) => speak.label('strategy', strategy)) ?? [];
  return {
    line: speak.number(line),
    claim: claim?.claim ?? null,
    answer: answer?.text ?? null,
    direction: answer ? directionOf(answer.language) : 'ltr',
    isRefused: answer?.standing === 'refused',
    about: [
      answer && answer.language !== 'und' ? answer.language : '',
      ...strategies,
      ...(claim?.targets ?? []),
    ]
      .filter(Boolean)
      .join(' · '),
    error: error ? problemText(error, speak) : null,
    notes: notes.map((note) => problemText(note, speak)),
  };
}

const problemText = ({ name, values }: RowProblem, speak: Speak) =>
  speak.t(`imports.problem-${name}`, values);

type Issue = Awaited<ReturnType<typeof importIssues>>[number];

const SHOWN_STRETCHES = 8;

function linesView(lines: readonly number[], speak: Speak): string {
  const stretches = stretchesOf(lines);
  const shown = stretches
    .slice(0, SHOWN_STRETCHES)
    .map(([from, to]) => (from === to ? speak.number(from) : `${speak.number(from)}–${speak.number(to)}`));
  return [...shown, ...(stretches.length > SHOWN_STRETCHES ? ['…'] : [])].join(', ');
}

function issueRow(issue: RowProblem & { isError: boolean }, speak: Speak) {
  return {
    kind: speak.t(issue.isError ? 'imports.row-left-out' : 'imports.row-noted'),
    text: problemText(issue, speak),
  };
}

/** The sentences about single rows, for a spreadsheet beside the file. */
export function issueRows(issues: readonly Issue[], speak: Speak): CsvCell[][] {
  const names = [
    speak.t('imports.line'),
    speak.t('imports.entry'),
    speak.t('imports.what'),
    speak.t('imports.why'),
  ];
  return [
    names,
    ...issues.map((issue) => {
      const { kind, text } = issueRow(issue, speak);
      return [issue.line, issue.entry, kind, text];
    }),
  ];
}
