import { paths } from './paths.ts';

const ANYWHERE = 'http://nowhere.invalid';

/** The address when it is one of this site, else Today: nobody is sent elsewhere by a link that somebody made up. */
export function localPath(given: unknown): string {
  if (typeof given !== 'string' || !given.startsWith('/') || !URL.canParse(given, ANYWHERE))
    return paths.today;
  const address = new URL(given, ANYWHERE);
  // `/.//elsewhere` becomes `//elsewhere`, which browsers read as another site.
  const isHere = address.origin === ANYWHERE && !address.pathname.startsWith('//');
  return isHere ? `${address.pathname}${address.search}` : paths.today;
}
