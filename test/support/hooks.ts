import { stopTestDatabase } from './database.ts';

/** Mocha calls this once, after every suite. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopTestDatabase();
}
