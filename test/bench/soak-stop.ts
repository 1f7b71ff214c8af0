import { parseArgs } from 'node:util';
import { networkNamed, soak } from '../support/soak.ts';
import { stopRun } from '../support/stop-run.ts';

/** `npm run soak:stop -- --stops 200 --network x`: prints what the network's ledger says after workers stood still. */
const { values } = parseArgs({
  options: { stops: { type: 'string', default: '200' }, network: { type: 'string', default: 'x' } },
});
const network = networkNamed(values.network);
await soak(
  (databaseUri) => stopRun({ databaseUri, network, stops: Number(values.stops) }),
  (figures) => [figures],
);
