import type { EverythingFound } from '../../queries/search-everything.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { answerRow } from './answers.ts';
import { assetRow } from './assets.ts';
import { stateView } from './campaigns.ts';
import { type ListRow, messengerRow, narrativeRow, segmentRow } from './library.ts';
import { messageRow } from './messages.ts';

/** What a search found, noun by noun; nouns of which nothing was found are left out. */
export function searchResults(
  q: string,
  found: EverythingFound | null,
  { now, speak }: { now: Date; speak: Speak },
) {
  const shelf = (noun: keyof EverythingFound, rows: ListRow[]) => ({
    title: speak.t(noun === 'campaigns' ? 'campaigns.title' : `library.tab-${noun}`),
    rows,
    allPath: noun === 'campaigns' ? null : `${paths[noun]}?${new URLSearchParams({ q })}`,
  });
  const groups = found
    ? [
        shelf(
          'campaigns',
          found.campaigns.map((one) => campaignRow(one, speak)),
        ),
        shelf(
          'messages',
          found.messages.map((one) => messageRow(one, speak)),
        ),
        shelf(
          'answers',
          found.answers.map((one) => answerRow(one, speak)),
        ),
        shelf(
          'narratives',
          found.narratives.map((one) => narrativeRow(one, speak)),
        ),
        shelf(
          'segments',
          found.segments.map((one) => segmentRow(one, speak)),
        ),
        shelf(
          'messengers',
          found.messengers.map((one) => messengerRow(one, now, speak)),
        ),
        shelf(
          'assets',
          found.assets.map((one) => imageRow(one, speak)),
        ),
      ]
    : [];
  const filled = groups.filter(({ rows }) => rows.length > 0);
  return {
    title: q ? speak.t('search.of', { q }) : speak.t('search.title'),
    action: paths.search,
    q,
    isSearched: q !== '',
    groups: filled,
  };
}

function campaignRow({ _id, title, state }: EverythingFound['campaigns'][number], speak: Speak): ListRow {
  return { path: paths.campaign(_id), title, isVeiled: false, state: stateView(state, speak), about: '' };
}

function imageRow(asset: EverythingFound['assets'][number], speak: Speak): ListRow {
  const { page: path, state, about } = assetRow(asset, speak);
  return { path, title: asset.altText, isVeiled: false, state, about };
}
