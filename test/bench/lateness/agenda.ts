import { MongoBackend } from '@agendajs/mongo-backend';
import { Agenda } from 'agenda';
import mongoose from 'mongoose';
import { connectDatabase } from '../../../server/database/connect.ts';
import { Credentials } from '../../../server/models/credential.ts';
import { openPlatforms } from '../../../server/platforms/index.ts';
import { openVault } from '../../../server/vault.ts';
import { answer } from './talk.ts';

interface PlainPost {
  account: string;
  text: string;
  dueAt: number;
}

const COLLECTION = 'agendaJobs';
const REQUEST_MS = 20_000;

/** Agenda as it comes, one job for each post, through the same adapter: `agenda.ts <database> <network> <key file>`. */
const [databaseUri = '', networkUrl = '', keyFile = ''] = process.argv.slice(2);
await connectDatabase(databaseUri);
const vault = openVault(keyFile);
const { x } = openPlatforms({ rehearsal: { x: networkUrl, mastodon: networkUrl, bluesky: networkUrl } });
const { db } = mongoose.connection;
if (!db || !x) throw new Error('There is a database and an adapter.');
const agenda = new Agenda({ backend: new MongoBackend({ mongo: db }) });
agenda.on('error', (error: Error) => process.stderr.write(`agenda: ${error.message}\n`));
agenda.define('post', async (job) => {
  const { account, text } = job.attrs.data as PlainPost;
  const stored = await Credentials.findOne({ account }).lean();
  if (!stored) throw new Error('The account is not connected.');
  const request = { text, language: 'en', deliveryKey: text, signal: AbortSignal.timeout(REQUEST_MS) };
  const outcome = await x.publish(vault.open(account, stored), request);
  await db.collection('plainOutcomes').insertOne({ account, text, outcome: outcome.kind });
});
await agenda.start();

answer({
  async place(posts: PlainPost[]) {
    const jobs = posts.map((data) => ({ ...blank, data, nextRunAt: new Date(data.dueAt) }));
    await db.collection(COLLECTION).insertMany(jobs);
  },
  async publishNow(data: Omit<PlainPost, 'dueAt'>) {
    const pressedAt = Date.now();
    await agenda.now('post', data);
    return pressedAt;
  },
  async forget() {
    await db.collection(COLLECTION).deleteMany({});
  },
});
const blank = { name: 'post', type: 'normal', priority: 0, lockedAt: null, disabled: null };
process.send?.('ready');
