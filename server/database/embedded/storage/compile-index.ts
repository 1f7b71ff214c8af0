import { expression } from '../aggregate/expression.ts';
import type { Document } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import { parseFilter } from '../query/parse-filter.ts';
import type { Index, IndexField, IndexState } from './catalog.ts';

/** An index ready for use from the specification a client gave; the specification has been checked before. */
export function compileIndex(id: number, spec: Document, state: IndexState): Index {
  const partial = isObject(spec.partialFilterExpression) ? spec.partialFilterExpression : undefined;
  const expiry = spec.expireAfterSeconds;
  const fields = Object.entries(spec.key as Document).map(field);
  return {
    id,
    spec,
    name: String(spec.name),
    fields,
    paths: fields.map(({ parts }) => parts),
    directions: fields.map(({ direction }) => direction),
    unique: spec.name === '_id_' || spec.unique === true,
    sparse: spec.sparse === true,
    partial: partial && parseFilter(partial, { expression }),
    expireAfterSeconds: isNumeric(expiry) ? toNumber(expiry) : undefined,
    ...{ multikey: state.multikey, cut: state.cut, ready: state.ready },
  };
}

function field([path, direction]: [string, unknown]): IndexField {
  return { path, parts: path.split('.'), direction: toNumber(direction) < 0 ? -1 : 1 };
}
