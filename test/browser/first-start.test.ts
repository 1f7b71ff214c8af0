import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { AxeBuilder } from '@axe-core/playwright';
import { expect } from 'chai';
import type { Browser, Page } from 'playwright-core';
import { openBrowser } from '../support/browser.ts';

const MAIN = new URL('../../server/main.ts', import.meta.url).pathname;

describe('The first start, in a real browser', function firstStart() {
  this.timeout(120_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-first-start-'));
  let browser: Browser;
  let server: ChildProcess;
  let page: Page;

  before(async () => {
    browser = await openBrowser();
    const context = await browser.newContext();
    page = await context.newPage();
    server = start(dataDir);
    await page.goto(await printedLink(server));
  });
  after(async () => {
    await browser?.close();
    server?.kill('SIGTERM');
    if (server?.exitCode === null) await once(server, 'exit');
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('makes the first member through the printed link and leads to Today', async () => {
    await page.fill('[name=organisation]', 'Open Door');
    await page.fill('[name=name]', 'Nadia');
    await page.fill('[name=email]', 'nadia@opendoor.example');
    await page.fill('[name=password]', 'four quiet lanterns');
    await page.uncheck('[name=loadsDemo]');
    await page.click('main button[type=submit]');
    await page.waitForURL((url) => url.pathname === '/');
    expect(await page.textContent('h1')).to.include('Today');
  });

  it('shows the main pages without accessibility faults', async () => {
    const origin = new URL(page.url()).origin;
    for (const path of ['/', '/campaigns', '/calendar', '/reviews', '/reports', '/accounts']) {
      await page.goto(origin + path);
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect(violations.map(({ id, nodes }) => `${path} ${id} ${nodes[0]?.html}`)).to.deep.equal([]);
    }
  });
});

function start(dataDir: string): ChildProcess {
  return spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { ...process.env, DATA_DIR: dataDir, PORT: '0', REHEARSAL_PORT: '0', LOG_LEVEL: 'silent' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function printedLink({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the server has no output');
  for await (const line of createInterface({ input: stdout })) {
    const link = /Open (\S+\/setup\/\S+)/.exec(line)?.[1];
    if (link) return link;
  }
  throw new Error('The server ended before it printed a link.');
}
