import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { type Express, type Response, Router, static as serveFolder } from 'express';

const locate = createRequire(import.meta.url).resolve;

/** Files of others that pages load, by the name under which pages know them. */
const vendored: Readonly<Record<string, string>> = {
  'vendor/bootstrap.css': locate('bootstrap/dist/css/bootstrap.min.css'),
  'vendor/bootstrap.rtl.css': locate('bootstrap/dist/css/bootstrap.rtl.min.css'),
  'vendor/htmx.js': locate('htmx.org/dist/htmx.esm.min.js'),
};

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Serves `views/public` and the vendored files under `/assets/<version>/`. The version is a hash of all of them, so
 * that browsers may keep them for ever and files may import each other by relative addresses.
 */
export function setUpAssets(app: Express, folder: string): void {
  const version = versionOf(folder);
  const setHeaders = (res: Response) => {
    res.set('Cache-Control', res.locals.assetsAreCurrent ? FOR_EVER : 'no-cache');
  };
  const files = Router();
  for (const [name, file] of Object.entries(vendored)) {
    files.get(`/${name}`, (_req, res) => {
      setHeaders(res);
      res.sendFile(file, { cacheControl: false });
    });
  }
  files.use(serveFolder(folder, { index: false, redirect: false, cacheControl: false, setHeaders }));

  app.locals.assetVersion = version;
  app.use('/assets/:version', (req, res, next) => {
    res.locals.assetsAreCurrent = req.params.version === version;
    files(req, res, next);
  });
}

function versionOf(folder: string): string {
  const hash = createHash('sha256');
  const own = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of [...own, ...Object.values(vendored)]) hash.update(readFileSync(file));
  return hash.digest('hex').slice(0, 12);
}
