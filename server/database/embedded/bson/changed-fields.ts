/** Bytes that a value takes by its BSON type; undefined where the value tells itself. */
const FIXED: Readonly<Record<number, number>> = {
  ...{ 1: 8, 6: 0, 7: 12, 8: 1, 9: 8, 10: 0, 16: 4, 17: 8, 18: 8, 19: 16 },
  ...{ 127: 0, 255: 0 },
};

/**
 * The names of the top-level fields that two encoded documents do not share byte by byte. Reads no values: an update
 * mostly leaves all but one or two fields as they were.
 */
export function changedFields(before: Buffer, after: Buffer): ReadonlySet<string> {
  const changed = new Set<string>();
  let [left, right] = [4, 4];
  while (before[left] !== 0 && after[right] !== 0) {
    const [leftName, rightName] = [before.indexOf(0, left + 1), after.indexOf(0, right + 1)];
    // From here on the fields stand in another order.
    if (before.compare(after, right + 1, rightName, left + 1, leftName) !== 0) break;
    const [leftEnd, rightEnd] = [elementEnd(before, left, leftName), elementEnd(after, right, rightName)];
    if (before.compare(after, right, rightEnd, left, leftEnd) !== 0)
      changed.add(before.toString('utf8', left + 1, leftName));
    [left, right] = [leftEnd, rightEnd];
  }
  const rest = elements(before, left);
  for (const [name, element] of elements(after, right)) {
    if (rest.get(name)?.equals(element)) rest.delete(name);
    else changed.add(name);
  }
  for (const name of rest.keys()) changed.add(name);
  return changed;
}

function elements(document: Buffer, from: number): Map<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (let at = from; document[at] !== 0; ) {
    const nameEnd = document.indexOf(0, at + 1);
    const end = elementEnd(document, at, nameEnd);
    found.set(document.toString('utf8', at + 1, nameEnd), document.subarray(at, end));
    at = end;
  }
  return found;
}

/** An encoded document with those of its top-level fields whose names are wanted, byte by byte as they were. */
export function keptFields(document: Buffer, isWanted: (name: string) => boolean): Buffer {
  const kept: Buffer[] = [];
  for (let at = 4; document[at] !== 0; ) {
    const nameEnd = document.indexOf(0, at + 1);
    const end = elementEnd(document, at, nameEnd);
    if (isWanted(document.toString('utf8', at + 1, nameEnd))) kept.push(document.subarray(at, end));
    at = end;
  }
  const length = kept.reduce((sum, element) => sum + element.length, 5);
  const head = Buffer.alloc(4);
  head.writeInt32LE(length);
  return Buffer.concat([head, ...kept], length);
}

/** Where the element that begins at `at` ends; its name ends with the zero at `nameEnd`. */
function elementEnd(document: Buffer, at: number, nameEnd: number): number {
  const type = document[at] ?? 0;
  const value = nameEnd + 1;
  const fixed = FIXED[type];
  if (fixed !== undefined) return value + fixed;
  if (type === 0x0b) return document.indexOf(0, document.indexOf(0, value) + 1) + 1;
  const length = document.readInt32LE(value);
  if (type === 0x03 || type === 0x04 || type === 0x0f) return value + length;
  if (type === 0x05) return value + 5 + length;
  if (type === 0x0c) return value + 4 + length + 12;
  return value + 4 + length;
}
