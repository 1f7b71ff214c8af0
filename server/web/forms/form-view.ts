import { fieldId } from '../view-helpers/fields.ts';

interface FormError {
  /** The field it is about; null for the whole form. */
  name: string | null;
  /** Where the summary's link points to; null when the sentence is about the whole form. */
  href: string | null;
  text: string;
}

/** What a template knows of a form. */
export interface FormView {
  action: string;
  /** By field name; several ticked boxes are a list. */
  values: Readonly<Record<string, string | string[]>>;
  fieldErrors: Readonly<Record<string, string>>;
  errors: readonly FormError[];
}

/** A form as it is first shown; `initial` may be nested and hold dates, numbers, booleans and null. */
export function blankForm(action: string, initial: object = {}): FormView {
  return { action, values: flatten(initial), fieldErrors: {}, errors: [] };
}

/** A form that is shown again: what was typed, and what is wrong with it. */
export function refusedForm(refused: {
  action: string;
  values: FormView['values'];
  fieldErrors: Readonly<Record<string, string>>;
  formErrors?: readonly string[];
}): FormView {
  const aboutFields = Object.entries(refused.fieldErrors).map(([name, text]) => ({
    name,
    href: `#${fieldId(name)}`,
    text,
  }));
  const aboutForm = (refused.formErrors ?? []).map((text) => ({ name: null, href: null, text }));
  return { ...refused, errors: [...aboutForm, ...aboutFields] };
}

/** Turns `{ risks: [{ likelihood: 3 }] }` into `{ 'risks[0].likelihood': '3' }`; lists of plain values stay lists. */
export function flatten(value: object, prefix = ''): Record<string, string | string[]> {
  const flat: Record<string, string | string[]> = {};
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix ? `${prefix}.${key}` : key;
    if (Array.isArray(inner)) Object.assign(flat, flattenList(inner, name));
    else if (inner !== null && typeof inner === 'object' && !(inner instanceof Date))
      Object.assign(flat, flatten(inner, name));
    else flat[name] = asText(inner);
  }
  return flat;
}

function flattenList(list: readonly unknown[], name: string): Record<string, string | string[]> {
  if (list.every((item) => item === null || typeof item !== 'object')) return { [name]: list.map(asText) };
  return Object.assign({}, ...list.map((item, index) => flatten(item as object, `${name}[${index}]`)));
}

function asText(value: unknown): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
}
