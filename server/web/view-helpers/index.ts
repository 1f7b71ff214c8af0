import Handlebars, { type HelperOptions } from 'handlebars';
import type { Values } from '../locales.ts';
import type { Speak } from '../speak.ts';
import { field, fieldsUnderSummary } from './fields.ts';

const speakOf = (helper: HelperOptions) => helper.data.speak as Speak;
const assetAddress = (helper: HelperOptions, name: string) => `/assets/${helper.data.assetVersion}/${name}`;

/** `{{icon "calendar"}}`: one shape of the sprite, hidden from screen readers because a word stands beside it. */
function icon(name: string, helper: HelperOptions) {
  const address = Handlebars.escapeExpression(`${assetAddress(helper, 'img/icons.svg')}#${name}`);
  return new Handlebars.SafeString(
    `<svg class="icon" aria-hidden="true" focusable="false"><use href="${address}"></use></svg>`,
  );
}

/** Everything that templates may call. Formatting belongs to presenters, so there is none here. */
export const viewHelpers = {
  t: (key: string, helper: HelperOptions) => speakOf(helper).t(key, helper.hash as Values),
  word: (kind: string, value: string, helper: HelperOptions) => speakOf(helper).label(kind, value),
  asset: (name: string, helper: HelperOptions) => assetAddress(helper, name),
  eq: (a: unknown, b: unknown) => a === b,
  not: (value: unknown) => !value,
  and: (a: unknown, b: unknown) => Boolean(a) && Boolean(b),
  or: (a: unknown, b: unknown) => Boolean(a) || Boolean(b),
  concat: (...parts: unknown[]) => parts.slice(0, -1).join(''),
  icon,
  field,
  fieldsUnderSummary,
};
