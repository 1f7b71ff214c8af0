import { segmentsOf } from '../segments.ts';
import { INSTANCE } from './account.ts';
import type { MastodonWorld } from './world.ts';

const SHOWN_OF_LINK = 30;

/** The HTML of a text, with links, tags and the mentions of accounts that exist marked up as Mastodon does. */
export function contentOf({ registry }: Pick<MastodonWorld, 'registry'>, text: string): string {
  if (text.trim() === '') return '';
  // A name is shown without its server when that is this one.
  const local = text.replaceAll(`@${INSTANCE}`, '');
  const html = segmentsOf(local, { withBareLinks: false })
    .map((segment) => {
      if (segment.kind === 'link') return linkHtml(segment.href);
      if (segment.kind === 'hashtag') return tagHtml(segment.name);
      const mentioned = segment.kind === 'mention' ? registry.named(segment.name) : undefined;
      return mentioned ? mentionHtml(mentioned.username) : escapeHtml(segment.text);
    })
    .join('');
  const paragraphs = html.trim().split(/\n{2,}/);
  return paragraphs.map((paragraph) => `<p>${paragraph.replaceAll('\n', '<br />')}</p>`).join('');
}

export function addressOf(username: string, id?: string): string {
  return `https://${INSTANCE}/@${username}${id ? `/${id}` : ''}`;
}

export const tagAddress = (name: string) =>
  `https://${INSTANCE}/tags/${encodeURIComponent(name.toLowerCase())}`;

export function tagsIn(text: string): string[] {
  return segmentsOf(text).flatMap((segment) => (segment.kind === 'hashtag' ? [segment.name] : []));
}

function linkHtml(href: string): string {
  const [, scheme = '', rest = ''] = /^(https?:\/\/(?:www\.)?)(.*)$/i.exec(href) ?? [];
  const shown = rest.slice(0, SHOWN_OF_LINK);
  const isCut = rest.length > SHOWN_OF_LINK;
  return [
    `<a href="${escapeHtml(href)}" target="_blank" rel="nofollow noopener" translate="no">`,
    `<span class="invisible">${scheme}</span>`,
    `<span class="${isCut ? 'ellipsis' : ''}">${escapeHtml(shown)}</span>`,
    `<span class="invisible">${escapeHtml(rest.slice(SHOWN_OF_LINK))}</span></a>`,
  ].join('');
}

function tagHtml(name: string): string {
  const href = escapeHtml(tagAddress(name));
  return `<a href="${href}" class="mention hashtag" rel="tag">#<span>${escapeHtml(name)}</span></a>`;
}

function mentionHtml(username: string): string {
  return `<span class="h-card" translate="no"><a href="${addressOf(username)}" class="u-url mention">@<span>${username}</span></a></span>`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}
