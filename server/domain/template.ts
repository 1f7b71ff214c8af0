import Handlebars from 'handlebars';

/** What a text may ask for in double braces; closed, so that nothing else can ever be looked up. */
export const TEMPLATE_FIELDS = [
  'organisation',
  'contact',
  'funder',
  'campaign',
  'callToAction',
  'service',
  'account',
  'handle',
] as const;
type TemplateField = (typeof TEMPLATE_FIELDS)[number];
/** A field that is empty or not given is missing. */
export type TemplateValues = Readonly<Partial<Record<TemplateField, string>>>;

/** Why a template cannot become a text: the name of a rule, and values for its sentence. */
export interface TemplateFault {
  rule:
    | 'template-too-long'
    | 'template-broken'
    | 'template-form'
    | 'template-field-unknown'
    | 'template-value-missing'
    | 'template-outdated';
  values: Readonly<Record<string, string | number>>;
}

/** The text, or everything that is wrong with its template, in order. */
export type Rendered = { text: string } | { faults: TemplateFault[] };

const LONGEST_TEMPLATE_BYTES = 4096;
/** What a field looks like, for the sentences about what does not. */
const EXAMPLE = '{{service}}';
const LONGEST_QUOTE = 60;

/** Also keeps out `{{[field]}}`, which the parser takes for the same. */
const PLAIN = /^\{\{\s*\w+\s*\}\}$/;

type Part = { text: string } | { fault: TemplateFault };

/**
 * Writes values into a text that a person wrote with `{{fields}}`. The text is parsed and never compiled: only
 * words, comments and fields of the closed list get through; blocks, helpers, partials, paths, data and raw forms
 * are faults. Nothing is escaped, since a post is no page. A text without braces is left exactly as it is.
 * Preview and publication both show what this returns. Source: OWASP on server-side template injection.
 */
export function renderTemplate(source: string, values: TemplateValues): Rendered {
  if (!source.includes('{{')) return { text: source };
  const bytes = new TextEncoder().encode(source).length;
  if (bytes > LONGEST_TEMPLATE_BYTES) {
    return { faults: [{ rule: 'template-too-long', values: { bytes, limit: LONGEST_TEMPLATE_BYTES } }] };
  }
  const statements = parsed(source);
  if (statements === null) return { faults: [{ rule: 'template-broken', values: { example: EXAMPLE } }] };
  const parts = statements.map((statement) => partOf(statement, { source, values }));
  const faults = parts.flatMap((part) => ('fault' in part ? [part.fault] : []));
  if (faults.length > 0) return { faults };
  return { text: parts.map((part) => ('text' in part ? part.text : '')).join('') };
}

/** null when the braces do not fit together. */
function parsed(source: string): hbs.AST.Statement[] | null {
  try {
    return Handlebars.parseWithoutProcessing(source).body;
  } catch {
    return null;
  }
}

interface Rendering {
  source: string;
  values: TemplateValues;
}

function partOf(statement: hbs.AST.Statement, { source, values }: Rendering): Part {
  if (statement.type === 'ContentStatement') return { text: (statement as hbs.AST.ContentStatement).value };
  if (statement.type === 'CommentStatement') return { text: '' };
  const isPlain = statement.type === 'MustacheStatement' && PLAIN.test(quoted(statement, source));
  const name = isPlain ? fieldName(statement as hbs.AST.MustacheStatement) : null;
  if (name === null)
    return {
      fault: { rule: 'template-form', values: { part: quoted(statement, source), example: EXAMPLE } },
    };
  if (!isField(name)) return { fault: { rule: 'template-field-unknown', values: { field: name } } };
  const value = values[name]?.trim();
  return value ? { text: value } : { fault: { rule: 'template-value-missing', values: { field: name } } };
}

/** The one word between plain double braces; null for any other form, also for those that would be harmless. */
function fieldName({ path, params, hash, escaped, strip }: hbs.AST.MustacheStatement): string | null {
  const { type, original, parts, depth, data } = path as hbs.AST.PathExpression;
  const isPlain =
    type === 'PathExpression' &&
    params.length === 0 &&
    hash === undefined &&
    escaped &&
    !strip.open &&
    !strip.close &&
    !data &&
    depth === 0 &&
    parts.length === 1;
  return isPlain && parts[0] === original ? original : null;
}

function isField(name: string): name is TemplateField {
  return (TEMPLATE_FIELDS as readonly string[]).includes(name);
}

function quoted({ loc }: hbs.AST.Statement, source: string): string {
  const lines = source.split('\n').slice(loc.start.line - 1, loc.end.line);
  const last = lines.length - 1;
  const whole = lines
    .map((line, index) => (index === last ? line.slice(0, loc.end.column) : line))
    .map((line, index) => (index === 0 ? line.slice(loc.start.column) : line))
    .join('\n');
  return whole.length > LONGEST_QUOTE ? `${whole.slice(0, LONGEST_QUOTE)}…` : whole;
}
