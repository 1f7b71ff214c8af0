import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Where the package unpacks its browser. */
const UNPACKED = join(tmpdir(), 'chromium');
/** The system for which the package brings a browser. */
const HAS_PACKAGED = process.platform === 'linux' && process.arch === 'x64';

const INSTALLED = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * The browser of CHROMIUM_PATH; else the one that comes inside a development dependency, a Chromium without windows
 * that needs half the processor time of a whole one; else the system's own.
 */
export async function chromiumPath(): Promise<string | undefined> {
  const { CHROMIUM_PATH } = process.env;
  if (CHROMIUM_PATH) return CHROMIUM_PATH;
  return HAS_PACKAGED ? packagedChromium() : INSTALLED.find((path) => existsSync(path));
}

/** Unpacks the browser before files run side by side: two at once would write into one file. */
export async function unpackChromium(): Promise<void> {
  if (!existsSync(UNPACKED)) await chromiumPath();
}

/** The package brings the libraries of its browser too, but unpacks them only where it believes to be on Lambda. */
async function packagedChromium(): Promise<string> {
  if (!hasBrowserLibraries()) process.env.AWS_EXECUTION_ENV ??= 'AWS_Lambda_nodejs20.x';
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

function hasBrowserLibraries(): boolean {
  try {
    const libraries = execFileSync('/sbin/ldconfig', ['-p'], { encoding: 'utf8' });
    return libraries.includes('libnss3.so') && libraries.includes('libnspr4.so');
  } catch {
    return false;
  }
}
