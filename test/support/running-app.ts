import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';

const MAIN = fileURLToPath(new URL('../../server/main.ts', import.meta.url));
const LOADS_WITHIN_MS = 90_000;

export type RunningApp = { link: string; close(): Promise<void> };

/**
 * Starts the whole program on free ports with a data directory of its own. `link` is the one-time address of the
 * setup; `close` ends the program and removes its data.
 *
 * @throws {Error} when the program ends before it printed its link
 */
export async function startApp(): Promise<RunningApp> {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-app-'));
  const server = spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: {
      ...process.env,
      MONGODB_URI: '',
      DATA_DIR: dataDir,
      PORT: '0',
      REHEARSAL_PORT: '0',
      LOG_LEVEL: 'silent',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const close = async () => {
    server.kill('SIGTERM');
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    return { link: await printedLink(server), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Makes the first member through the setup page, loads the demo world and opens Today. */
export async function setUpDemo(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.fill('[name=organisation]', 'Open Door');
  await page.fill('[name=name]', 'Nadia');
  await page.fill('[name=email]', 'nadia@opendoor.example');
  await page.fill('[name=password]', 'four quiet lanterns');
  await page.check('[name=loadsDemo]');
  const loaded = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url() === link,
    { timeout: LOADS_WITHIN_MS },
  );
  await page.click('main button[type=submit]', { noWaitAfter: true });
  const response = await loaded;
  if (response.status() !== 201) throw new Error(`The setup answered ${response.status()}.`);
  await response.finished();
  await page.goto(new URL('/', link).href);
}

async function printedLink({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: stdout })) {
    const link = /Open (\S+\/setup\/\S+)/.exec(line)?.[1];
    if (link) return link;
  }
  throw new Error('The server ended before it printed a link.');
}
