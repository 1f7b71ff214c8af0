import { comparableText } from '../comparable-text.ts';

export interface LinkEntity {
  url: string;
  expanded_url?: string | undefined;
}

/**
 * Whether a text on the network is the text that we sent. X shortens every address, escapes three signs,
 * composes letters and trims; none of that is a difference.
 */
export function sameText(sent: string, shown: string, links: readonly LinkEntity[]): boolean {
  const expanded = links.reduce(
    (rest, { url, expanded_url }) => rest.replaceAll(url, expanded_url ?? url),
    unescapeSigns(shown),
  );
  return comparableText(sent) === comparableText(expanded);
}

/** X writes three signs as HTML does. */
export function unescapeSigns(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
