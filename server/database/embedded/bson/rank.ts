/** MongoDB's order of types: values of different ranks never compare as equal. */
export const RANK = {
  minKey: 1,
  undefined: 5,
  null: 6,
  number: 10,
  string: 15,
  object: 20,
  array: 25,
  binary: 30,
  objectId: 35,
  boolean: 40,
  date: 45,
  timestamp: 47,
  regex: 50,
  code: 60,
  maxKey: 127,
} as const;

const classes: Record<string, number> = {
  MinKey: RANK.minKey,
  Int32: RANK.number,
  Double: RANK.number,
  Long: RANK.number,
  Decimal128: RANK.number,
  BSONSymbol: RANK.string,
  DBRef: RANK.object,
  Binary: RANK.binary,
  ObjectId: RANK.objectId,
  Timestamp: RANK.timestamp,
  BSONRegExp: RANK.regex,
  Code: RANK.code,
  MaxKey: RANK.maxKey,
};

export function rankOf(value: unknown): number {
  switch (typeof value) {
    case 'number':
    case 'bigint':
      return RANK.number;
    case 'string':
      return RANK.string;
    case 'boolean':
      return RANK.boolean;
    case 'undefined':
      return RANK.undefined;
    default:
      return value === null ? RANK.null : rankOfObject(value as object);
  }
}

function rankOfObject(value: object): number {
  const prototype = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return RANK.object;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  if (value instanceof RegExp) return RANK.regex;
  if (value instanceof Uint8Array) return RANK.binary;
  return classes[(value as { _bsontype?: string })._bsontype ?? ''] ?? RANK.object;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && rankOfObject(value) === RANK.object;
}
