import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { type StartedJobs, startJobs } from '../jobs/start.ts';
import { pauseEverything } from '../server/actions/pause-everything.ts';
import type { Context } from '../server/context.ts';
import { LANES } from '../server/domain/lane.ts';
import { Deliveries } from '../server/models/delivery.ts';
import { type Rehearsal, startRehearsal } from '../server/rehearsal/start.ts';
import { openVault } from '../server/vault.ts';
import { aMember } from './support/builders.ts';
import { crashNetwork } from './support/crash-networks.ts';
import { useDatabase } from './support/database.ts';
import { placePosts } from './support/place-posts.ts';
import { until } from './support/until.ts';
import { workerContext } from './support/worker-context.ts';

const POSTS = 500;

describe('a crisis pause while 500 posts are due', function suite() {
  this.timeout(60_000);
  useDatabase();
  let dataDir: string;
  let rehearsal: Rehearsal;
  let context: Context;
  let jobs: StartedJobs;
  before(async () => {
    dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-pause-'));
    rehearsal = await startRehearsal({ dataDir });
  });
  afterEach(() => jobs?.stop());
  after(async () => {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });

  it('lets nothing leave after it was acknowledged', async () => {
    const vault = openVault(join(dataDir, 'secret.key'));
    const stage = crashNetwork(rehearsal, 'x');
    stage.lift();
    await placePosts(stage, vault, { network: 'x', posts: POSTS, overMs: 0 });
    context = await workerContext(rehearsal.url, vault);
    jobs = await startJobs(context);
    const shown = () => rehearsal.x.ledger().posts.length;
    await until(() => shown() >= 20, { what: 'publishing under way', timeoutMs: 40_000 });

    const { stillLeaving } = await pauseEverything(context, await aMember('scheduler'), {
      reason: 'An attack in the city',
    });
    const atAcknowledgement = shown();
    expect(stillLeaving).to.equal(0);
    expect(atAcknowledgement, 'some were still due').to.be.lessThan(POSTS);

    // Every lane is woken and has answered, so each has had its chance to send what is due.
    for (let lane = 0; lane < LANES; lane += 1) await context.queue.wakeLane(lane, new Date());
    await until(async () => (await laneAlarms()) === 0, { what: 'every alarm answered' });
    expect(shown()).to.equal(atAcknowledgement);
    expect(await Deliveries.countDocuments({ state: 'published' })).to.equal(atAcknowledgement);
    expect(await Deliveries.countDocuments({ state: 'sending' })).to.equal(0);
  });
});

function laneAlarms(): Promise<number> {
  return mongoose.connection.collection('alarms').countDocuments({ name: { $regex: '^publish-' } });
}
