import { comparableText } from '../comparable-text.ts';

export interface LinkEntity {
  url: string;
  expanded_url?: string | undefined;
  media_key?: string | undefined;
}

/**
 * Whether a text on the network is the text that we sent. X shortens every address, ends with one for its images,
 * escapes three signs, composes letters and trims; none of that is a difference.
 */
export function sameText(sent: string, shown: string, links: readonly LinkEntity[]): boolean {
  const expanded = links.reduce(
    (rest, link) => rest.replaceAll(link.url, isOfMedia(link) ? '' : (link.expanded_url ?? link.url)),
    unescapeSigns(shown),
  );
  return comparableText(sent) === comparableText(expanded);
}

/** The page of an image or film of the post itself; X gives the key in newer versions only. */
function isOfMedia({ media_key, expanded_url = '' }: LinkEntity): boolean {
  return media_key !== undefined || /\/status\/\d+\/(photo|video)\/\d+$/.test(expanded_url);
}

/** X writes three signs as HTML does. */
export function unescapeSigns(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
