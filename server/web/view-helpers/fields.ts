import Handlebars, { type HelperOptions } from 'handlebars';
import type { FormView } from '../forms/form-view.ts';

interface Option {
  value: string;
  label: string;
  hint?: string;
}

/** What a page hands to a field partial: `{{> text-field name="email" label=(t "member.email")}}`. */
interface FieldParams {
  name: string;
  label: string;
  form?: FormView;
  hint?: string;
  type?: string;
  options?: readonly Option[];
  optional?: boolean;
  /** A word or two beside the label: what the field is needed for. */
  mark?: string | false;
  autocomplete?: string;
  rows?: number;
  max?: number;
  language?: string;
  value?: string;
  emptyLabel?: string;
  inputmode?: string;
  /** Kinds of files that a file field offers. */
  accept?: string;
  /** Id of a list of suggestions. */
  list?: string;
  min?: string | number;
}

/**
 * Completes the parameters of a field partial with what the form knows: value, error and the ids that tie label,
 * hint and error to the control. The form is the page's `form` unless another one is handed over.
 */
export function field(params: FieldParams, helper: HelperOptions) {
  const form = params.form ?? (helper.data.root as { form?: FormView }).form;
  const id = fieldId(params.name);
  noteLabel(helper, params);
  // What was typed into a secret field is never sent back.
  const isSecret = params.type === 'password';
  const held = (isSecret ? '' : form?.values[params.name]) ?? params.value ?? '';
  const error = form?.fieldErrors[params.name] ?? null;
  const describedBy = [params.hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ');
  return {
    id,
    name: params.name,
    label: params.label,
    hint: params.hint ?? null,
    error,
    describedBy: describedBy || null,
    // A password is never sent back to the page.
    value: params.type === 'password' ? '' : Array.isArray(held) ? (held[0] ?? '') : held,
    checked: Array.isArray(held) ? held.length > 0 : !['', 'false'].includes(held),
    type: params.type ?? 'text',
    optional: params.optional ?? false,
    mark: params.mark || null,
    autocomplete: params.autocomplete ?? null,
    rows: params.rows ?? 4,
    max: params.max ?? null,
    min: params.min ?? null,
    language: params.language ?? null,
    inputmode: params.inputmode ?? null,
    accept: params.accept ?? null,
    list: params.list ?? null,
    emptyLabel: params.emptyLabel ?? null,
    options: (params.options ?? []).map((option, index) => ({
      id: `${id}-${index}`,
      value: option.value,
      label: option.label,
      hint: option.hint ?? null,
      chosen: Array.isArray(held) ? held.includes(option.value) : held === option.value,
    })),
  };
}

/** `risks[0].likelihood` becomes an id that a link can point to. */
export function fieldId(name: string): string {
  return `field-${name.replace(/[^a-zA-Z0-9]+/g, '-').replace(/-$/, '')}`;
}

/**
 * Renders the fields of a form, then (into its `else` block) the summary of what is wrong, and puts the summary first:
 * by then every field has told its label, and whether it is a secret one that was emptied.
 */
export function fieldsUnderSummary(this: object, form: FormView, helper: HelperOptions): string {
  const labels: Record<string, string> = {};
  const secrets = new Set<string>();
  const fields = helper.fn(this, { data: { ...Handlebars.createFrame(helper.data), labels, secrets } });
  const errors = form.errors.map((error) => ({
    ...error,
    label: (error.name && labels[error.name]) || null,
  }));
  return (errors.length > 0 ? helper.inverse({ errors, emptied: secrets.size > 0 }) : '') + fields;
}

function noteLabel(helper: HelperOptions, { name, label, type }: FieldParams): void {
  const { labels, secrets } = helper.data as { labels?: Record<string, string>; secrets?: Set<string> };
  if (labels) labels[name] = label;
  if (type === 'password') secrets?.add(name);
}
