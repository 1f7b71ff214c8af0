import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const installed = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => path && existsSync(path));

/**
 * Starts a real, headless Chromium: the system's own (or CHROMIUM_PATH) when there is one, else the one that
 * comes inside a development dependency.
 */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: installed ?? (await packagedChromium()),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--disable-background-networking',
      '--disable-component-update',
      '--font-render-hinting=none',
    ],
  });
}

/** The package brings the libraries of its browser too, but unpacks them only where it believes to be on Lambda. */
async function packagedChromium(): Promise<string> {
  if (!hasBrowserLibraries()) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

function hasBrowserLibraries(): boolean {
  if (process.platform !== 'linux') return true;
  try {
    const libraries = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
    return libraries.includes('libnss3.so') && libraries.includes('libnspr4.so');
  } catch {
    return false;
  }
}
