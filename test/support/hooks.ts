import { keepInMemory, stopTestDatabase } from './database.ts';

keepInMemory();

/** Mocha calls this once, after every suite; its workers end without it. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopTestDatabase();
}
