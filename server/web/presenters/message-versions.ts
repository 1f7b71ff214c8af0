import { diffWordsWithSpace } from 'diff';
import type { VersionsPage } from '../../queries/message-versions.ts';
import { PAGE_SIZE } from '../../queries/page-of.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { type Change, subjectChanges } from './content-changes.ts';

/** What a message said after each save, with what became different from the version before. */
export function versionsPage(found: VersionsPage, speak: Speak) {
  const { message, items, before, names, page, total } = found;
  const address = paths.messageVersions(message._id);
  const from = (page - 1) * PAGE_SIZE + 1;
  return {
    title: speak.t('messages.versions-of', { title: message.title }),
    heading: message.title,
    messagePath: paths.message(message._id),
    versions: items.map((version, index) => {
      const earlier = items[index + 1] ?? before;
      return {
        number: speak.t('messages.version-number', { number: version.number }),
        by: speak.t('messages.version-by', {
          name: names.get(version.editor) ?? '–',
          at: speak.dateTime(version.createdAt),
        }),
        renamed: earlier && earlier.title !== version.title ? version.title : null,
        isFirst: earlier === null,
        changes: subjectChanges(earlier?.subject ?? NOTHING, version.subject, speak).map(changeView),
      };
    }),
    pages: {
      previous: page > 1 ? `${address}?page=${page - 1}` : null,
      next: page * PAGE_SIZE < total ? `${address}?page=${page + 1}` : null,
      summary: speak.t('app.pages-summary', { from, to: from + items.length - 1, total }),
    },
  };
}

/** Before the first version there was nothing. */
const NOTHING = JSON.stringify({ variants: [] });

function changeView({ what, before, after }: Change) {
  const isText = before !== null || after !== null;
  return { what, words: isText ? wordsOf(before ?? '', after ?? '') : null };
}

/** Word by word; what was taken out stands before what took its place. */
function wordsOf(before: string, after: string) {
  const words = new Intl.Segmenter(undefined, { granularity: 'word' });
  return diffWordsWithSpace(before, after, { intlSegmenter: words }).map(({ added, removed, value }) => ({
    isAdded: added,
    isRemoved: removed,
    text: value,
  }));
}
