import mongoose from 'mongoose';
import { connectDatabase } from '../../server/database/connect.ts';
import { NETWORKS, type Network } from '../../server/domain/network.ts';
import '../../server/models/index.ts';
import { freshDatabaseUri, stopTestDatabase } from './database.ts';
import type { PublishingVerdict } from './publishing-verdict.ts';

/** The network of this name. Throws a sentence that names those there are. */
export function networkNamed(name: string): Network {
  const network = NETWORKS.find((one) => one === name);
  if (!network) throw new Error(`--network must be one of ${NETWORKS.join(', ')}.`);
  return network;
}

/**
 * Runs on a fresh database, prints the figures and ends the process: with 1 when a post was lost or doubled.
 * `verdictsOf`: the judgements among the figures.
 */
export async function soak<Figures>(
  run: (databaseUri: string) => Promise<Figures>,
  verdictsOf: (figures: Figures) => PublishingVerdict[],
): Promise<never> {
  const databaseUri = await freshDatabaseUri();
  await connectDatabase(databaseUri);
  const figures = await run(databaseUri);
  process.stdout.write(`${JSON.stringify(figures, null, 2)}\n`);
  await mongoose.disconnect();
  await stopTestDatabase();
  process.exit(verdictsOf(figures).every(({ lost, doubled }) => lost + doubled === 0) ? 0 : 1);
}
