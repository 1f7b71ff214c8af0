import { parseArgs } from 'node:util';
import { workerContext } from '../support/worker-context.ts';
import { type Lateness, report } from './lateness/figures.ts';
import {
  type Dated,
  measureDated,
  measureNow,
  measurePlain,
  pressHere,
  pressInWorker,
  pressPlain,
} from './lateness/scenarios.ts';
import { openStage, type Stage } from './lateness/stage.ts';

/**
 * `npm run bench:lateness`: how long after their time posts reach the network, by the ledger of the stand-in for X,
 * beside Agenda with its own defaults doing the same. Judges nothing. Fewer with `--posts`, one part with `--only`.
 */
const PARTS = ['minute', 'seconds', 'thousand', 'instant', 'now', 'now-separate'] as const;
type Part = (typeof PARTS)[number];
const TITLES: Readonly<Record<Part, string>> = {
  minute: 'Spread evenly over one minute',
  seconds: 'Spread over one minute, at whole seconds',
  thousand: 'A thousand at one instant',
  instant: 'All at one instant',
  now: 'Publish now, pages and jobs in one process',
  'now-separate': 'Publish now, separate worker',
};

const { values } = parseArgs({
  options: {
    posts: { type: 'string', default: '10000' },
    accounts: { type: 'string', default: '2500' },
    only: { type: 'string' },
    'answer-ms': { type: 'string', default: '800' },
    'wait-ms': { type: 'string', default: '60000' },
    'no-plain': { type: 'boolean', default: false },
  },
});
const posts = Number(values.posts);
const waitMs = Number(values['wait-ms']);
const only = values.only?.split(',') ?? PARTS;
const unknown = only.filter((part) => !PARTS.includes(part as Part));
if (unknown.length > 0) throw new Error(`--only takes ${PARTS.join(', ')}.`);

const stage = await openStage({
  accounts: Math.min(Number(values.accounts), posts),
  answerMs: Number(values['answer-ms']),
});
try {
  const own = await measureOwn(stage);
  const plain = values['no-plain'] ? new Map<Part, Lateness>() : await measurePlainOnes(stage);
  for (const [part, lateness] of own) {
    const lines = report(TITLES[part], lateness, plain.get(part) ?? null, waitMs);
    process.stdout.write(`${lines.join('\n')}\n`);
  }
} finally {
  await stage.stop();
}
process.exit(0);

function dated(count: number, overMs: number, stepMs = 1_000): Dated {
  return { posts: count, overMs, stepMs, aheadMs: (10 + Math.ceil(count / 250)) * 1_000, waitMs };
}

async function measureOwn(on: Stage): Promise<Map<Part, Lateness>> {
  const worker = await on.start('./worker.ts');
  const measured = new Map<Part, Lateness>();
  // Not counted: a process that has just started is not yet as fast as it will be.
  await measureDated(on, worker, dated(Math.min(posts, 300), 3_000));
  for (const part of only as Part[]) {
    const now = { posts: Math.min(posts, 100), waitMs };
    const lateness = {
      minute: () => measureDated(on, worker, dated(posts, 60_000, 1)),
      seconds: () => measureDated(on, worker, dated(posts, 60_000)),
      thousand: () => measureDated(on, worker, dated(Math.min(posts, 1_000), 0)),
      instant: () => measureDated(on, worker, dated(posts, 0)),
      now: async () => measureNow(on, await pressInWorker(on, worker), now),
      'now-separate': async () => {
        const web = await workerContext(on.network.hello, on.vault, { asInRealLife: true });
        return measureNow(on, await pressHere(on, web), now);
      },
    };
    process.stderr.write(`${TITLES[part]} …\n`);
    const figures = await lateness[part]();
    process.stderr.write(`${report('  measured', figures, null, waitMs).join('\n')}\n`);
    measured.set(part, figures);
  }
  await worker.stop();
  return measured;
}

async function measurePlainOnes(on: Stage): Promise<Map<Part, Lateness>> {
  const agenda = await on.start('./agenda.ts');
  const measured = new Map<Part, Lateness>();
  for (const part of only as Part[]) {
    const lateness = {
      minute: () => measurePlain(on, agenda, dated(posts, 60_000, 1)),
      seconds: () => measurePlain(on, agenda, dated(posts, 60_000)),
      thousand: () => measurePlain(on, agenda, dated(Math.min(posts, 1_000), 0)),
      instant: () => measurePlain(on, agenda, dated(posts, 0)),
      now: () => measureNow(on, pressPlain(on, agenda), { posts: Math.min(posts, 20), waitMs }),
      'now-separate': async () => null,
    };
    process.stderr.write(`Agenda: ${TITLES[part]} …\n`);
    const figures = await lateness[part]();
    if (figures) measured.set(part, figures);
  }
  await agenda.stop();
  return measured;
}
