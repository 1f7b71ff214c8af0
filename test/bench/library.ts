import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { indexLibrary } from '../../server/actions/index-library.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import { Answers } from '../../server/models/answer.ts';
import { DERIVATION } from '../../server/models/findable.ts';
import '../../server/models/index.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { listAnswers } from '../../server/queries/answers.ts';
import { searchEverything } from '../../server/queries/search-everything.ts';
import { answerQuery } from '../../server/web/forms/library-filters.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { fillShelf, rareWord } from '../support/library-shelf.ts';
import { type Browser, openWeb, signedIn } from '../support/web.ts';
import { processorTime } from './measure.ts';

/** What people ask for, as it stands in the address. */
const ASKED = {
  'the whole shelf': {},
  'a word of its own': { q: rareWord(777) },
  'a frequent word': { q: 'home' },
  'two frequent words': { q: 'mother family' },
  'three words, the last begun': { q: 'winter coach helpl' },
  'a beginning that many share': { q: 'ma' },
  'French without accents': { q: 'mere hiver' },
  'Arabic with the article': { q: 'الأسرة' },
  'a word and a tag': { q: 'home', tag: 'family' },
  'a word, a language and a standing': { q: 'في', language: 'ar', standing: 'refused' },
  'tone and strategy': { tone: 'factual', strategy: 'facts' },
  'words that never meet': { q: 'mother frere' },
  'a word that nobody wrote': { q: 'zeppelin' },
} as const;

const PAGES = [
  '/answers',
  '/answers?page=20',
  '/answers?page=200',
  '/answers?language=ar&standing=usable&page=20',
  '/answers?q=home&tag=family',
  `/answers?q=${rareWord(777)}`,
  '/narratives',
  '/narratives?q=family',
  '/search?q=mother',
  '/library/duplicates',
  '/',
  '/answers/new',
];
/** Seconds after which one kind has been asked often enough, whatever the rounds. */
const LONGEST_S = 3;
const LOOK_EVERY_MS = 200;
const TELL_EVERY_MS = 3_000;

const options = parseArgs({
  options: {
    answers: { type: 'string', default: '15000' },
    narratives: { type: 'string', default: '5000' },
    rounds: { type: 'string', default: '25' },
  },
}).values;
const [answers, narratives, rounds] = [options.answers, options.narratives, options.rounds].map(Number) as [
  number,
  number,
  number,
];

const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-bench-'));
const database = await startEmbeddedDatabase({ dataDir });
try {
  await connectDatabase(database.uri);
  await report();
} finally {
  await mongoose.disconnect();
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
// Timers of libraries would keep the process alive long after everything is closed.
process.exit();

async function report(): Promise<void> {
  say(
    `filled in ${await cost(() => fillShelf({ answers, narratives }))}: ${answers} answers, ${narratives} narratives`,
  );
  const web = openWeb();
  const browser = await signedIn(web, await aMember());
  await indexed(browser);
  const campaign = await aCampaign();
  say('', `milliseconds at the server over ${rounds} rounds, and processor time of one in both processes`);
  say(''.padEnd(50), ...['p50', 'p95', 'p99', 'processor'].map((head) => head.padStart(6)));
  for (const [name, asked] of Object.entries(ASKED)) {
    await measured(`search: ${name}`, () => listAnswers(answerQuery.parse(asked)));
  }
  await measured('search: everything', () => searchEverything('mother'));
  const one = await Answers.findOne().select('_id').lean();
  for (const path of [...PAGES, `/answers/${one?._id}`, `/messages/new?campaign=${campaign._id}`]) {
    await measured(`page: ${path.replace(/[0-9a-f]{24}/, '…')}`, () => opened(browser, path));
  }
}

/** Indexes all of it, while somebody goes on looking at pages. */
async function indexed(browser: Browser): Promise<void> {
  const pages: number[] = [];
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      pages.push(await timed(() => opened(browser, '/answers')));
      await wait(LOOK_EVERY_MS);
    }
  })();
  const telling = setInterval(async () => {
    const [done, claims] = await Promise.all(
      [Answers, Narratives].map((model) => (model as typeof Answers).countDocuments({ indexed: DERIVATION })),
    );
    process.stderr.write(`indexed ${done} answers, ${claims} narratives\n`);
  }, TELL_EVERY_MS);
  const took = await cost(() => indexLibrary(new AbortController().signal));
  isOver = true;
  clearInterval(telling);
  await looking;
  say(
    `compared and indexed in ${took}; meanwhile a page took p50 ${at(pages, 0.5)}, p95 ${at(pages, 0.95)} ms`,
  );
}

async function opened(browser: Browser, path: string): Promise<void> {
  const { status } = await browser.get(path);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
}

async function measured(name: string, ask: () => Promise<unknown>): Promise<void> {
  process.stderr.write(`${name}\n`);
  await ask();
  const times: number[] = [];
  const begun = performance.now();
  const before = await processorMs();
  while (times.length < rounds && performance.now() - begun < LONGEST_S * 1000) times.push(await timed(ask));
  const used = ((await processorMs()) - before) / times.length;
  const shown = [0.5, 0.95, 0.99].map((share) => at(times, share).padStart(6));
  say(name.padEnd(50), ...shown, used.toFixed(0).padStart(6));
}

async function timed(ask: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await ask();
  return performance.now() - start;
}

function at(times: readonly number[], share: number): string {
  const sorted = [...times].sort((a, b) => a - b);
  return (sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN).toFixed(0);
}

/** How long it takes, and the processor time that both processes spend on it. */
async function cost(work: () => Promise<void>): Promise<string> {
  const before = await processorMs();
  const seconds = (await timed(work)) / 1000;
  const used = ((await processorMs()) - before) / 1000;
  return `${seconds.toFixed(1)} s (${used.toFixed(1)} s of processor time)`;
}

/** Of this process and the database's, so far. */
async function processorMs(): Promise<number> {
  const { user, system } = process.cpuUsage();
  return (user + system + ((await processorTime(mongoose.connection.db as never)) ?? 0)) / 1000;
}

function say(...words: string[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}
