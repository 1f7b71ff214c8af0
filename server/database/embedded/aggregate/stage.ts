import type { Document } from '../bson/codec.ts';
import { roughSize } from '../bson/rough-size.ts';
import type { Engine } from '../engine.ts';
import { CommandError } from '../errors.ts';

/** Documents on their way; undefined is a pause in which others may go first. */
export type Stream = Generator<Document | undefined>;
export type Stage = (input: Stream) => Stream;

export interface StageContext {
  readonly engine: Engine;
  readonly database: string;
  readonly variables: Document;
  /** Runs a pipeline on a collection, or on the documents of `source`. */
  readonly run: (pipeline: readonly Document[], from: Source, variables: Document) => Stream;
}

export type Source = { readonly collection: string } | { readonly documents: readonly Document[] };

/** What a stage may hold in memory at once, in bytes; MongoDB's own limit. */
const MEMORY_LIMIT = 100 * 1024 * 1024;

/** Counts what a stage keeps. Throws MongoDB's error past the limit. */
export class Memory {
  private used = 0;
  private readonly stage: string;

  constructor(stage: string) {
    this.stage = stage;
  }

  keep(value: unknown): void {
    this.used += roughSize(value);
    if (this.used > MEMORY_LIMIT)
      throw new CommandError(
        'QueryExceededMemoryLimitNoDiskUseAllowed',
        `PlanExecutor error during aggregation :: caused by :: Exceeded memory limit for ${this.stage}: the embedded database does not spill to disk. Match or project less before, or set MONGODB_URI to the address of a MongoDB server.`,
      );
  }
}

/** A stage that looks at one document at a time: none, one or several come out. */
export function each(change: (document: Document) => readonly Document[]): Stage {
  return function* through(input) {
    for (const document of input) {
      if (document === undefined) yield undefined;
      else yield* change(document);
    }
  };
}

/** A stage that needs all documents before the first comes out. */
export function whole(name: string, change: (documents: Document[]) => Iterable<Document>): Stage {
  return function* through(input) {
    const memory = new Memory(name);
    const documents: Document[] = [];
    for (const document of input) {
      if (document) {
        memory.keep(document);
        documents.push(document);
      }
      yield undefined;
    }
    yield* change(documents);
  };
}
