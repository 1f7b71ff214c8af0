import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';

const ROOT = new URL('../../', import.meta.url);
const pathOf = (file: string) => fileURLToPath(new URL(file, ROOT));

/** From the root of the repository. All in one build, so that what is loaded before a program shares its modules. */
const PROGRAMS = [
  'jobs/main.ts',
  'server/audit-verify.ts',
  'server/doctor.ts',
  'server/main.ts',
  'server/password.ts',
  'server/rehearsal/main.ts',
  'server/restore.ts',
  'test/support/crash-worker.ts',
  'test/support/import-worker.ts',
  'test/support/short-waits.ts',
] as const;

export type BundledProgram = (typeof PROGRAMS)[number];

/** Packages with machine code, or with threads of their own, are loaded from where they are installed. */
const INSTALLED = /^(@node-rs\/argon2|lmdb|pino|sharp)$/;

/** What node is called with: its own arguments, and then the file. */
export interface Runnable {
  execArgv: readonly string[];
  path: string;
}

let bundles: Promise<string> | undefined;

/**
 * A program, with what is loaded before it. Started by tsx, each would spend one or two seconds of processor time on
 * finding, linking and compiling a thousand modules; here that is done once for all that this process starts. The
 * code is the same. Measuring coverage needs the files themselves.
 */
export async function runnable(
  program: BundledProgram,
  preloads: readonly BundledProgram[] = [],
): Promise<Runnable> {
  if (process.env.NODE_V8_COVERAGE !== undefined) return asTyped(program, preloads);
  bundles ??= bundle();
  const directory = await bundles;
  const bundled = (file: string) => join(directory, file.replace(/\.ts$/, '.mjs'));
  return { execArgv: imports(preloads.map(bundled)), path: bundled(program) };
}

/** A program as package.json starts it. */
export function asTyped(program: BundledProgram, preloads: readonly BundledProgram[] = []): Runnable {
  return { execArgv: imports(['tsx', ...preloads.map(pathOf)]), path: pathOf(program) };
}

const imports = (modules: readonly string[]) => modules.flatMap((module) => ['--import', module]);

async function bundle(): Promise<string> {
  const directory = mkdtempSync(join(tmpdir(), 'rejoinder-programs-'));
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  await build({
    entryPoints: PROGRAMS.map(pathOf),
    outbase: fileURLToPath(ROOT),
    outdir: directory,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    keepNames: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    banner: { js: `import { createRequire as $make } from 'node:module'; const require = $make('${ROOT}');` },
    plugins: [asInPlace],
    logLevel: 'error',
  });
  return directory;
}

/** Each file still knows where it lies, and installed packages are found from anywhere. */
const asInPlace: Plugin = {
  name: 'as in place',
  setup({ onLoad, onResolve }) {
    const { resolve } = createRequire(import.meta.url);
    onResolve({ filter: INSTALLED }, ({ path }) => ({ path: resolve(path), external: true }));
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      if (path.includes('node_modules')) return undefined;
      const own = JSON.stringify(pathToFileURL(path).href);
      return { loader: 'ts', contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', own) };
    });
  },
};
