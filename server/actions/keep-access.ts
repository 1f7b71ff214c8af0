import { trusted } from 'mongoose';
import type { Context } from '../context.ts';
import { NETWORKS } from '../domain/network.ts';
import { Accounts } from '../models/account.ts';
import { openCredential } from './open-credential.ts';
import { homeOf } from './publishing.ts';

/**
 * Renews whatever access has run out, once in a while, so that an account that was silent for months still has it
 * when its next post is due: refresh tokens die when they are not used (Bluesky: 90 days, X: six months).
 */
export async function keepAccess(context: Context): Promise<void> {
  const renewing = NETWORKS.filter((network) => context.platforms[network]?.renewal);
  const accounts = await Accounts.find({
    network: trusted({ $in: renewing }),
    home: homeOf(context),
    state: trusted({ $in: ['enabled', 'paused'] }),
  })
    .select('_id')
    .lean();
  for (const { _id } of accounts) await openCredential(context, _id);
}
