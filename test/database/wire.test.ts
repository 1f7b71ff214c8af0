import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Document, deserialize, serialize } from 'bson';
import { expect } from 'chai';
import { crc32c } from '../../server/database/embedded/wire/checksum.ts';
import { freshDatabaseUri } from '../support/database.ts';
import { isRealServer } from '../support/native-database.ts';
import { until } from '../support/until.ts';

const OP_QUERY = 2004;
const OP_COMPRESSED = 2012;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;

function message(code: number, id: number, ...parts: Uint8Array[]): Buffer {
  const head = Buffer.alloc(16);
  head.writeInt32LE(id, 4);
  head.writeInt32LE(code, 12);
  const bytes = Buffer.concat([head, ...parts]);
  bytes.writeInt32LE(bytes.length);
  return bytes;
}

const flags = (value: number) => Buffer.from(Uint32Array.of(value).buffer);
const section = (document: Document) => Buffer.concat([Buffer.of(0), serialize(document)]);
const command = (id: number, document: Document, bits = 0) =>
  message(OP_MSG, id, flags(bits), section({ ...document, $db: 'admin' }));

function checked(id: number, document: Document, difference = 0): Buffer {
  const bytes = Buffer.concat([command(id, document, CHECKSUM), Buffer.alloc(4)]);
  bytes.writeInt32LE(bytes.length);
  bytes.writeUInt32LE((crc32c(bytes.subarray(0, -4)) ^ difference) >>> 0, bytes.length - 4);
  return bytes;
}

describe('The wire protocol', function suite() {
  this.timeout(20_000);
  let socket: Socket;
  let received: Buffer[] = [];
  let rest = Buffer.alloc(0);

  beforeEach('connect without a driver', async function open() {
    if (isRealServer) this.skip();
    const { hostname, port } = new URL(await freshDatabaseUri());
    socket = connect(Number(port), hostname);
    received = [];
    rest = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk]);
      while (rest.length >= 4 && rest.length >= rest.readInt32LE()) {
        received.push(rest.subarray(0, rest.readInt32LE()));
        rest = rest.subarray(rest.readInt32LE());
      }
    });
    await once(socket, 'connect');
  });
  afterEach(() => void socket?.destroy());

  const answers = async (count: number) => {
    await until(() => received.length >= count, { what: `${count} answers` });
    return received.map((bytes) => ({ to: bytes.readInt32LE(8), body: deserialize(bytes.subarray(21)) }));
  };

  it('answers many requests sent at once, in their order', async () => {
    const ids = Array.from({ length: 1000 }, (_, i) => i + 1);
    socket.write(Buffer.concat(ids.map((id) => command(id, { ping: 1 }))));
    expect((await answers(1000)).map(({ to }) => to)).to.deep.equal(ids);
  });

  it('puts a request together that comes byte by byte', async () => {
    for (const byte of command(7, { ping: 1 })) socket.write(Buffer.of(byte));
    expect(await answers(1)).to.deep.equal([{ to: 7, body: { ok: 1 } }]);
  });

  it('takes a checksum and refuses one that does not fit', async () => {
    expect(crc32c(Buffer.from('123456789'))).to.equal(0xe3069283);
    socket.write(Buffer.concat([checked(1, { ping: 1 }), checked(2, { ping: 1 }, 1)]));
    const [good, bad] = await answers(2);
    expect([good?.body.ok, bad?.body.ok, bad?.body.errmsg]).to.deep.equal([
      1,
      0,
      'OP_MSG checksum does not match contents',
    ]);
  });

  it('gives no answer where none is wanted', async () => {
    socket.write(Buffer.concat([command(1, { ping: 1 }, MORE_TO_COME), command(2, { ping: 1 })]));
    expect((await answers(1)).map(({ to }) => to)).to.deep.equal([2]);
  });

  it('refuses unknown required flags and what is compressed, and goes on', async () => {
    socket.write(Buffer.concat([command(1, { ping: 1 }, 16), message(OP_COMPRESSED, 2, Buffer.alloc(9))]));
    socket.write(command(3, { ping: 1 }));
    expect((await answers(3)).map(({ body }) => body.ok)).to.deep.equal([0, 0, 1]);
  });

  it('greets a driver that asks in the old way', async () => {
    const head = Buffer.concat([flags(0), Buffer.from('admin.$cmd\0'), Buffer.alloc(8)]);
    socket.write(message(OP_QUERY, 5, head, serialize({ ismaster: 1, helloOk: true })));
    await until(() => received.length === 1, { what: 'a greeting' });
    const [greeting] = received as [Buffer];
    const body = deserialize(greeting.subarray(36));
    expect([greeting.readInt32LE(8), greeting.readInt32LE(12), body.ismaster, body.helloOk]).to.deep.equal([
      5,
      1,
      true,
      true,
    ]);
  });

  it('hangs up on a length that makes no sense', async () => {
    const closed = once(socket, 'close');
    socket.write(Buffer.from(Int32Array.of(100_000_000, 0, 0, 0).buffer));
    await closed;
  });

  it('says nothing of the data to a client that has not said who it is', async () => {
    socket.write(Buffer.concat([command(1, { listDatabases: 1 }), command(2, { find: 'things' })]));
    expect((await answers(2)).map(({ body }) => body.code)).to.deep.equal([13, 13]);
  });
});
