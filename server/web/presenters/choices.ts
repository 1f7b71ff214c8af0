import { INTERFACE_LANGUAGES } from '../../domain/member.ts';
import { currentZoneName } from '../../domain/time-zone.ts';

const LANGUAGE_NAMES = { en: 'English', fr: 'Français', ar: 'العربية' } as const;

/** Interface languages, each in its own words. */
export const languageOptions = INTERFACE_LANGUAGES.map((language) => ({
  value: language,
  label: LANGUAGE_NAMES[language],
}));

/** Every zone this machine knows, by the names of today; UTC first, because the list of zones does not hold it. */
export const zoneOptions = [
  'UTC',
  ...[...new Set(Intl.supportedValuesOf('timeZone').map(currentZoneName))].sort(),
].map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));

/** The zone of the machine the server runs on: the best guess where the browser does not tell its own. */
export function machineZone(): string {
  return currentZoneName(Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC');
}
