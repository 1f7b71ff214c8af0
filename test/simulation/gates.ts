import { AsyncLocalStorage } from 'node:async_hooks';
import type { Model } from 'mongoose';

/** Who is asked before and after every effect of the code that runs on its behalf. */
export interface Gatekeeper {
  /** May wait for as long as it likes, for ever when its process is dead. */
  pass(effect: string, moment: 'before' | 'after'): Promise<void>;
}

const keepers = new AsyncLocalStorage<Gatekeeper>();

/** Runs real code so that each of its effects passes this keeper's gate. */
export function behind<Result>(keeper: Gatekeeper, run: () => Promise<Result>): Promise<Result> {
  return keepers.run(keeper, run);
}

/** Code without a keeper (the test itself) passes freely. */
export async function gated<Result>(effect: string, act: () => Promise<Result>): Promise<Result> {
  const keeper = keepers.getStore();
  await keeper?.pass(effect, 'before');
  try {
    return await act();
  } finally {
    // What fails (another process was first) is over as well.
    await keeper?.pass(effect, 'after');
  }
}

const WRITES = [
  'findOneAndUpdate',
  'updateOne',
  'updateMany',
  'insertOne',
  'insertMany',
  'bulkWrite',
] as const;
const READS = ['find', 'findOne', 'distinct', 'countDocuments', 'aggregate'] as const;

type Operation = (...args: unknown[]) => unknown;

/** Puts gates before the operations of these collections; returns what takes them away again. */
export function installGates(models: readonly Model<never>[], { reads = false } = {}): () => void {
  const removals: (() => void)[] = [];
  for (const { collection } of models) {
    const operations = collection as unknown as Record<string, Operation>;
    const names = [
      ...WRITES,
      ...(reads ? READS.filter((name) => name !== 'find' && name !== 'aggregate') : []),
    ];
    for (const name of names) {
      const original = operations[name];
      if (!original) continue;
      operations[name] = (...args) =>
        gated(`${collection.collectionName}.${name}`, async () => original.apply(collection, args));
      removals.push(() => delete operations[name]);
    }
  }
  return () => {
    for (const remove of removals) remove();
  };
}
