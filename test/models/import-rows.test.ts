import { expect } from 'chai';
import type { FileRow } from '../../server/domain/import/row.ts';
import type { Import } from '../../server/domain/import.ts';
import { newId } from '../../server/models/document.ts';
import { ImportChunks, storeChunk } from '../../server/models/import-chunk.ts';
import { firstRows, readRows } from '../../server/models/import-rows.ts';
import { DIALOCONAN_JSON, KNOWLEDGE_JSON, MULTITARGET_JSON } from '../support/collections.ts';
import { useDatabase } from '../support/database.ts';
import { nameOfFailure } from '../support/failure.ts';

type Shape = Pick<Import, 'container' | 'encoding'>;

/** Stores a file in pieces of so many bytes. */
async function stored(bytes: Buffer, shape: Partial<Shape> = {}, pieceBytes = 64) {
  const _id = newId();
  for (let start = 0, number = 0; start < bytes.length; start += pieceBytes, number += 1) {
    const piece = bytes.subarray(start, start + pieceBytes);
    await storeChunk(_id, { number, bytes: piece });
  }
  return { _id, sizeBytes: bytes.length, container: 'csv' as const, encoding: 'utf-8' as const, ...shape };
}

async function rowsOf(
  text: string | Buffer,
  shape: Partial<Shape> = {},
  pieceBytes?: number,
): Promise<FileRow[]> {
  const rows: FileRow[] = [];
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for await (const { row } of readRows(await stored(bytes, shape, pieceBytes))) rows.push(row);
  return rows;
}

async function ruleOf(text: string, shape: Partial<Shape> = {}) {
  try {
    await rowsOf(text, shape, 200_000);
  } catch (error) {
    const { rule, values } = error as { rule?: string; values?: { line?: number } };
    return rule ? `${rule} ${values?.line ?? ''}`.trim() : String(error);
  }
  return 'no error';
}

describe('The rows of a stored CSV file', () => {
  useDatabase();

  it('know the line on which they begin, over quoted line breaks and empty lines', async () => {
    const text = 'a,b\r\n1,"x\r\ny, ""z"""\r\n\r\n2,he said "no"\r\n3,z';
    const rows = await rowsOf(text, {}, 7);
    expect(rows.map(({ line, entry }) => [line, entry])).to.deep.equal([
      [2, 1],
      [5, 2],
      [6, 3],
    ]);
    expect(rows[0]?.cells).to.deep.equal({ a: '1', b: 'x\ny, "z"' });
    expect(rows[1]?.cells.b).to.equal('he said "no"');
  });

  it('are read whatever the delimiter, the line ends and the encoding', async () => {
    const expected = [{ a: 'é', b: 'ß, ü' }];
    const cells = async (...given: Parameters<typeof rowsOf>) =>
      (await rowsOf(...given)).map((row) => row.cells);
    expect(await cells('\uFEFFa;b\ré;ß, ü\r')).to.deep.equal(expected);
    expect(await cells('a\tb\né\tß, ü')).to.deep.equal(expected);
    const wide = Buffer.from('\uFEFFa,b\né,"ß, ü"\n', 'utf16le');
    expect(await cells(wide, { encoding: 'utf-16le' })).to.deep.equal(expected);
    expect(await cells(Buffer.from(wide).swap16(), { encoding: 'utf-16be' })).to.deep.equal(expected);
    const western = Buffer.from('a,b\né,"ß, ü"', 'latin1');
    expect(await cells(western, { encoding: 'windows-1252' })).to.deep.equal(expected);
  });

  it('with more or fewer cells than columns say so', async () => {
    const rows = await rowsOf('a,b\n1,2,3\n1\n1,2,\n');
    expect(rows.map(({ problem }) => problem?.name)).to.deep.equal([
      'too-many-cells',
      'too-few-cells',
      undefined,
    ]);
    expect(rows[0]?.problem?.values).to.deep.equal({ cells: 3, columns: 2 });
  });

  it('say so when an open quote made one of several, and only then', async () => {
    const text =
      'a,b,c\n1,"open,x\n2,"said,y\n3,"whole\n""in"" two",z\n4,he said "no\n5,y",z\n6,"shut" late,z\n';
    const rows = await rowsOf(text, {}, 9);
    expect(rows.map(({ line, problem }) => [line, problem?.name, problem?.values])).to.deep.equal([
      [2, 'quote-open', { from: 2, to: 3 }],
      [4, undefined, undefined],
      [6, 'too-few-cells', { cells: 2, columns: 3 }],
      [7, undefined, undefined],
      [8, undefined, undefined],
    ]);
  });

  it('end with the line when the file cannot be read', async () => {
    expect(await ruleOf('a,b\n1,2\n3,"never closed\n4,5\n6,7')).to.equal('import-quote-open 3');
    expect(await ruleOf(`a,b\n1,2\n3,"${'x'.repeat(300_000)}`)).to.equal('import-row-too-long 3');
    expect(await ruleOf('a,b,a\n1,2,3')).to.equal('import-columns-twice');
    expect(await ruleOf('')).to.equal('import-file-gone');
  });

  it('that are not UTF-8 where UTF-8 was promised say from which line on', async () => {
    const bytes = Buffer.concat([Buffer.from('a,b\n1,2\n'), Buffer.from([0xe9]), Buffer.from(',x\n')]);
    const error = await rowsOf(bytes).catch((thrown: unknown) => thrown);
    expect(error).to.deep.include({ rule: 'import-not-utf8', values: { line: 3 } });
  });

  it('are read no further than asked for', async () => {
    const file = await stored(Buffer.from(`a\n${'x\n'.repeat(5_000)}`), {}, 10_000);
    expect(await firstRows(file, 3)).to.have.length(3);
  });
});

describe('The rows of a stored JSON file', () => {
  useDatabase();
  const json = { container: 'json' as const };

  it('are read from an object by index, a list in an object, columns, and a plain list', async () => {
    const [first, second] = await rowsOf(MULTITARGET_JSON, json);
    expect(first?.cells).to.include({ INDEX: '0', TARGET: 'TALL', VERSION: 'V1' });
    expect(second).to.deep.include({ line: 1, entry: 2 });
    const knowledge = await rowsOf(KNOWLEDGE_JSON, json);
    expect(knowledge.map(({ cells }) => cells.knowledge_sentence)[1]).to.equal('Rain fills the tanks.');
    const dialogue = await rowsOf(DIALOCONAN_JSON, json);
    expect(dialogue).to.have.length(6);
    expect(dialogue[3]?.cells).to.include({
      text: 'Most do, and so do most drivers.',
      dialogue_id: '7',
      type: 'CN',
    });
    const lists = await rowsOf('{"a":["x","y"],"b":["1","2"]}', json);
    expect(lists.map(({ cells }) => cells)).to.deep.equal([
      { a: 'x', b: '1' },
      { a: 'y', b: '2' },
    ]);
    const plain = await rowsOf('[{"a":"x","b":null},{"a":["y","z"],"b":true}]', json);
    expect(plain.map(({ cells }) => cells)).to.deep.equal([
      { a: 'x', b: '' },
      { a: 'y; z', b: 'true' },
    ]);
  });

  it('know their line and their number', async () => {
    const rows = await rowsOf(JSON.stringify([{ a: 'x\ny' }, { a: 'z' }], null, 1), json);
    expect(rows.map(({ line, entry }) => [line, entry])).to.deep.equal([
      [3, 1],
      [6, 2],
    ]);
  });

  it('end with the line where it stops being JSON', async () => {
    expect(await ruleOf('[\n{"a":1},\n{"a":oops}\n]', json)).to.equal('import-json-broken 3');
    expect(await ruleOf('[\n{"a":1},\n{"a":', json)).to.equal('import-json-broken 3');
    expect(await ruleOf('{} trailing', json)).to.equal('import-json-broken 1');
    for (const shape of ['[]', '{}', '"text"', '[1,2]'])
      expect(await ruleOf(shape, json), shape).to.equal('import-json-shape');
  });

  it('are an error when not all of the file is kept any more, and never a shorter file', async () => {
    const file = await stored(Buffer.from(`text\n${'one more row\n'.repeat(40)}`));
    await ImportChunks.deleteOne({ _id: `${file._id}:5` });
    const read = (async () => {
      for await (const { row } of readRows(file)) expect(row.entry).to.be.above(0);
    })();
    expect(await nameOfFailure(read)).to.equal('import-file-gone');
  });
});
