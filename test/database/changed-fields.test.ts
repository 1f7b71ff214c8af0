import {
  Binary,
  BSONRegExp,
  Code,
  Decimal128,
  Double,
  Int32,
  Long,
  MaxKey,
  MinKey,
  ObjectId,
  serialize,
  Timestamp,
} from 'bson';
import { expect } from 'chai';
import { changedFields } from '../../server/database/embedded/bson/changed-fields.ts';

/** Two values of each type under one name. */
const pairs: Record<string, [unknown, unknown]> = {
  double: [new Double(1), new Double(2)],
  text: ['a', 'longer'],
  object: [{ a: 1 }, { a: { b: 2 } }],
  array: [[1], [1, 2]],
  binary: [new Binary(Buffer.from('a')), new Binary(Buffer.from('bc'))],
  id: [new ObjectId(), new ObjectId()],
  flag: [true, false],
  date: [new Date(0), new Date(1)],
  nothing: [null, 0],
  regex: [new BSONRegExp('a', 'i'), new BSONRegExp('ab', '')],
  code: [new Code('f'), new Code('f', { scope: 1 })],
  int: [new Int32(1), new Int32(2)],
  timestamp: [new Timestamp({ t: 1, i: 1 }), new Timestamp({ t: 1, i: 2 })],
  long: [Long.fromNumber(1), Long.fromNumber(2)],
  decimal: [Decimal128.fromString('1'), Decimal128.fromString('2')],
  key: [new MinKey(), new MaxKey()],
};
const bytes = (document: object) => Buffer.from(serialize(document, { ignoreUndefined: false }));
const changed = (before: object, after: object) => [...changedFields(bytes(before), bytes(after))].sort();
const first = Object.fromEntries(Object.entries(pairs).map(([name, [value]]) => [name, value]));

describe('The fields that an update changed', () => {
  for (const [name, [, value]] of Object.entries(pairs))
    it(`are told when a value of the kind ${name} changes between all the others`, () => {
      expect(changed(first, { ...first, [name]: value })).to.deep.equal([name]);
    });

  it('are none when nothing changed', () => {
    expect(changed(first, { ...first })).to.deep.equal([]);
  });

  it('are those that came or went', () => {
    expect(changed({ a: 1, b: 2, c: 3 }, { a: 1, c: 3, d: 4 })).to.deep.equal(['b', 'd']);
    expect(changed({}, { a: 1 })).to.deep.equal(['a']);
    expect(changed({ a: 1 }, {})).to.deep.equal(['a']);
  });

  it('are only those with another value when the order is another', () => {
    expect(changed({ a: 1, b: 2, c: 3 }, { c: 4, b: 2, a: 1 })).to.deep.equal(['c']);
  });

  it('include a number that only changed its type', () => {
    expect(changed({ a: new Int32(1) }, { a: new Double(1) })).to.deep.equal(['a']);
  });
});
