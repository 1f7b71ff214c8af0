import { parseArgs } from 'node:util';
import { startRehearsal } from './start.ts';

const usage = 'npm run rehearsal -- --data <folder> [--port 3001] [--speed 600] [--seed <word>]\n';

/** Runs the stand-in networks on their own, beside a web server and workers in other processes. */
const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    port: { type: 'string', default: '3001' },
    speed: { type: 'string' },
    seed: { type: 'string' },
  },
});

if (values.data === undefined) {
  process.stderr.write(usage);
  process.exitCode = 2;
} else {
  const rehearsal = await startRehearsal({
    dataDir: values.data,
    port: Number(values.port),
    ...(values.speed === undefined ? {} : { speed: Number(values.speed) }),
    ...(values.seed === undefined ? {} : { seed: values.seed }),
  });
  process.stdout.write(`The rehearsal networks are at ${rehearsal.url}/rehearsal/x\n`);
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void rehearsal.stop());
}
