import mongoose from 'mongoose';
import type { Delivery } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { newId } from '../../server/models/document.ts';
import { testContext } from '../support/context.ts';
import { aDelivery, aStage, words } from '../support/publishing.ts';
import { installGates } from './gates.ts';
import { countQueries } from './process.ts';
import type { World } from './simulate.ts';

const APART_MS = 700;

/** Four deliveries on two accounts, one of them a thread, and gates before everything that is written. */
export async function openWorld(): Promise<World & { close(): void }> {
  const context = testContext();
  let number = 0;
  for (const parts of [[], [words(100)]]) {
    const { account } = await aStage(context);
    for (const turn of [0, 1]) {
      number += 1;
      const variant = newId();
      const variants = [
        {
          _id: variant,
          network: 'x' as const,
          language: 'en',
          text: words(number),
          accounts: [account._id],
          parts: turn === 0 ? parts : [],
        },
      ];
      const stage = await aStage(context, { message: { variants } });
      await aDelivery(context, { ...stage, account, variant });
    }
  }
  const found = await Deliveries.find().sort({ _id: 1 }).lean<Delivery[]>();
  // Ids differ from run to run, and with them the lanes: a seed has to mean the same history everywhere.
  const accounts = [...new Set(found.map(({ account }) => account))];
  // Some are not due yet when the first alarm may ring, so that they are claimed ahead and wait for their time.
  const deliveries = found.map((delivery, turn) => {
    const dueAt = new Date(delivery.dueAt.getTime() + turn * APART_MS);
    return { ...delivery, lane: accounts.indexOf(delivery.account), dueAt, nextAt: dueAt };
  });
  const stopCounting = countQueries();
  const removeGates = installGates(Object.values(mongoose.models) as never[], { reads: true });
  return {
    context,
    deliveries,
    close() {
      removeGates();
      stopCounting();
    },
  };
}
