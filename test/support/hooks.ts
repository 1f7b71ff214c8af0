import { unpackChromium } from './chromium.ts';
import { keepInMemory, stopTestDatabase } from './database.ts';

keepInMemory();

/** Mocha calls this once, before every suite and before it has workers. */
export async function mochaGlobalSetup(): Promise<void> {
  await unpackChromium();
}

/** Mocha calls this once, after every suite; its workers end without it. */
export async function mochaGlobalTeardown(): Promise<void> {
  await stopTestDatabase();
}
