import { INTERFACE_LANGUAGES } from '../../domain/member.ts';

const LANGUAGE_NAMES = { en: 'English', fr: 'Français', ar: 'العربية' } as const;

/** Interface languages, each in its own words. */
export const languageOptions = INTERFACE_LANGUAGES.map((language) => ({
  value: language,
  label: LANGUAGE_NAMES[language],
}));

/** Every zone this machine knows; UTC first, because the list of zones does not hold it. */
export const zoneOptions = [
  { value: 'UTC', label: 'UTC' },
  ...Intl.supportedValuesOf('timeZone').map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
];

/** The zone of the machine the server runs on: the best first guess for whoever sets it up. */
export function machineZone(): string {
  return Intl.DateTimeFormat().resolvedOptions().timeZone || 'UTC';
}
