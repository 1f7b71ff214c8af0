import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import mongoose from 'mongoose';
import { indexLibrary } from '../../server/actions/index-library.ts';
import { connectDatabase } from '../../server/database/connect.ts';
import { startEmbeddedDatabase } from '../../server/database/embedded/start.ts';
import '../../server/models/index.ts';
import { listAnswers } from '../../server/queries/answers.ts';
import { searchEverything } from '../../server/queries/search-everything.ts';
import { answerQuery } from '../../server/web/forms/library-filters.ts';
import { aCampaign, aMember } from '../support/builders.ts';
import { fillShelf, rareWord } from '../support/library-shelf.ts';
import { type Browser, openWeb, signedIn } from '../support/web.ts';

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
    `filled in ${await seconds(() => fillShelf({ answers, narratives }))} s: ${answers} answers, ${narratives} narratives`,
  );
  say(`compared and indexed in ${await seconds(() => indexLibrary(new AbortController().signal))} s`);
  const web = openWeb();
  const browser = await signedIn(web, await aMember());
  const campaign = await aCampaign();
  say('', `milliseconds over ${rounds} rounds: p50 and p99`);
  for (const [name, asked] of Object.entries(ASKED)) {
    await measured(`search: ${name}`, () => listAnswers(answerQuery.parse(asked)));
  }
  await measured('search: everything', () => searchEverything('mother'));
  for (const [name, asked] of Object.entries(ASKED)) {
    await measured(`page: ${name}`, () => opened(browser, `/answers?${new URLSearchParams(asked)}`));
  }
  const others = ['/narratives', '/narratives?q=family', '/search?q=mother', '/library/duplicates', '/'];
  for (const path of [...others, '/answers/new', `/messages/new?campaign=${campaign._id}`]) {
    await measured(`page: ${path.replace(campaign._id, '…')}`, () => opened(browser, path));
  }
}

async function opened(browser: Browser, path: string): Promise<void> {
  const { status } = await browser.get(path);
  if (status !== 200) throw new Error(`${path} answered ${status}`);
}

async function measured(name: string, ask: () => Promise<unknown>): Promise<void> {
  const times: number[] = [];
  await ask();
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0);
  say(name.padEnd(46), at(0.5).padStart(6), at(0.99).padStart(6));
}

async function seconds(work: () => Promise<void>): Promise<string> {
  const start = performance.now();
  await work();
  return ((performance.now() - start) / 1000).toFixed(1);
}

function say(...words: string[]): void {
  process.stdout.write(`${words.join(' ')}\n`);
}
