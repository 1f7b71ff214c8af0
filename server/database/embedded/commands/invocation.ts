import { type Document, readCommand, readInsert, readPlain, readTyped } from '../bson/codec.ts';
import { isNumeric, toNumber } from '../bson/number.ts';
import { isObject } from '../bson/rank.ts';
import type { Cursors } from '../cursors.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';
import type { Request } from '../wire/message.ts';
import type { ScramConversation, Verifier } from '../wire/scram.ts';

/** What one connection remembers between commands. */
export interface Session {
  readonly id: number;
  user: string | undefined;
  conversation: ScramConversation | undefined;
  readonly remote: string;
}

/** What every command may use. */
export interface Runtime {
  readonly engine: Engine;
  readonly cursors: Cursors;
  readonly verifier: Verifier;
  readonly instance: string;
  readonly startedAt: Date;
  connections(): number;
}

export type Run = (invocation: Invocation) => Promise<Document | Buffer>;

/** One command: its name, its fields in both decodings, and where it runs. */
export class Invocation {
  readonly name: string;
  readonly runtime: Runtime;
  readonly session: Session;
  private readonly request: Request;
  private readonly begins = performance.now();
  private plainFields: Document | undefined;
  private typedFields: Document | undefined;
  private insertFields: Document | undefined;

  constructor(request: Request, runtime: Runtime, session: Session) {
    this.request = request;
    this.runtime = runtime;
    this.session = session;
    this.name = request.body.toString('utf8', 5, request.body.indexOf(0, 5));
  }

  /** Fields with numbers as JavaScript numbers: for everything that is compared or counted. */
  get plain(): Document {
    this.plainFields ??= this.withSequences(readCommand(this.request.body), readPlain);
    return this.plainFields;
  }

  /** Fields with numbers in their BSON classes: for everything that is stored. */
  get typed(): Document {
    this.typedFields ??= this.withSequences(readTyped(this.request.body), readTyped);
    return this.typedFields;
  }

  /** Fields as in `plain`, except for the documents of an insert, which stay undecoded. */
  get head(): Document {
    if (this.name !== 'insert') return this.plain;
    this.insertFields ??= readInsert(this.request.body);
    return this.insertFields;
  }

  /** The documents of an insert, undecoded. */
  get documents(): readonly Buffer[] {
    const listed = this.request.sequences.get('documents') ?? this.head.documents;
    if (!Array.isArray(listed) || !listed.every((item) => item instanceof Uint8Array))
      throw new CommandError('TypeMismatch', "BSON field 'insert.documents' must be an array of objects");
    return listed.map((item) => Buffer.from(item.buffer, item.byteOffset, item.byteLength));
  }

  get database(): string {
    const name = this.request.database ?? this.head.$db;
    if (typeof name !== 'string' || name === '' || /[/\\. "$*<>:|?\0]/.test(name))
      throw new CommandError('InvalidNamespace', `Invalid database name: '${String(name)}'`);
    return name;
  }

  /** The collection that the command's first field names. Throws InvalidNamespace. */
  get collection(): string {
    return checkCollectionName(this.database, this.head[this.name]);
  }

  get namespace(): string {
    return `${this.database}.${this.collection}`;
  }

  number(field: string): number | undefined {
    const value = this.head[field];
    if (value === undefined || value === null) return undefined;
    if (!isNumeric(value))
      throw new CommandError(
        'TypeMismatch',
        `BSON field '${this.name}.${field}' is the wrong type, expected a number`,
      );
    return toNumber(value);
  }

  flag(field: string): boolean {
    const value = this.head[field];
    return value === true || (isNumeric(value) && toNumber(value) !== 0);
  }

  object(field: string): Document | undefined {
    const value = this.plain[field];
    if (value === undefined || value === null) return undefined;
    if (!isObject(value))
      throw new CommandError(
        'TypeMismatch',
        `BSON field '${this.name}.${field}' is the wrong type, expected type 'object'`,
      );
    return value;
  }

  /** The moment of performance.now() that maxTimeMS allows. */
  get deadline(): number {
    const limit = this.number('maxTimeMS');
    return limit ? this.begins + limit : Number.POSITIVE_INFINITY;
  }

  private withSequences(fields: Document, read: (raw: Uint8Array) => Document): Document {
    for (const [name, documents] of this.request.sequences) fields[name] = documents.map(read);
    return fields;
  }
}

export function checkCollectionName(database: string, name: unknown): string {
  if (typeof name !== 'string')
    throw new CommandError('InvalidNamespace', 'collection name has invalid type');
  if (name === '' || name.includes('$') || name.includes('\0') || name.startsWith('.') || name.endsWith('.'))
    throw new CommandError('InvalidNamespace', `Invalid namespace specified '${database}.${name}'`);
  return name;
}
