import { setTimeout as wait } from 'node:timers/promises';
import { type SchedulePostInput, schedulePost } from '../../../server/actions/schedule-post.ts';
import type { Context } from '../../../server/context.ts';
import type { Delivery } from '../../../server/domain/delivery.ts';
import type { Member } from '../../../server/domain/member.ts';
import { Deliveries } from '../../../server/models/delivery.ts';
import { newId } from '../../../server/models/document.ts';
import { Messages } from '../../../server/models/message.ts';
import { Posts } from '../../../server/models/post.ts';
import { aCampaign, aMember, aMessage, approved as approve } from '../../support/builders.ts';
import { placeOn } from '../../support/place-posts.ts';
import { words } from '../../support/publishing.ts';
import { type Lateness, latenessOf } from './figures.ts';
import type { Stage } from './stage.ts';
import type { Talker } from './talk.ts';

/** Presses of "publish now" come one after the other, so far apart. */
const PRESSED_EVERY_MS = 250;

export interface Dated {
  posts: number;
  overMs: number;
  /** What is due within so long is due together. */
  stepMs?: number;
  /** The first is due this long after all are placed, at least. */
  aheadMs: number;
  waitMs: number;
}

/** Posts with a due time, published by Rejoinder's jobs. */
export async function measureDated(stage: Stage, worker: Talker, dated: Dated): Promise<Lateness> {
  await forget();
  const first = await placeOn(stage.accounts, { ...dated, inMs: dated.aheadMs });
  const ahead = first.getTime() - Date.now();
  if (ahead < 2_000) throw new Error(`Placing took too long (${ahead} ms left).`);
  await worker.ask('setAlarms');
  const due = await Deliveries.find().select({ text: 1, dueAt: 1 }).lean<Delivery[]>();
  return lateness(stage, new Map(due.map(({ text, dueAt }) => [text, dueAt.getTime()])), dated.waitMs);
}

/** The same, one plain job for each. */
export async function measurePlain(stage: Stage, agenda: Talker, dated: Dated): Promise<Lateness> {
  const { stepMs = 1_000 } = dated;
  const base = Math.ceil(Date.now() / 1000) * 1000 + dated.aheadMs;
  const posts = Array.from({ length: dated.posts }, (_, index) => ({
    account: stage.accounts[index % stage.accounts.length]?._id ?? '',
    text: `plain ${dated.overMs} ${index} ${words(index)}`,
    dueAt: base + Math.floor(((index / dated.posts) * dated.overMs) / stepMs) * stepMs,
  }));
  await agenda.ask('place', posts);
  const measured = await lateness(
    stage,
    new Map(posts.map(({ text, dueAt }) => [text, dueAt])),
    dated.waitMs,
  );
  await agenda.ask('forget');
  return measured;
}

type Press = (text: string, index: number) => Promise<number>;

/** From the press of the button to the request. */
export async function measureNow(
  stage: Stage,
  press: Press,
  { posts, waitMs }: Pick<Dated, 'posts' | 'waitMs'>,
): Promise<Lateness> {
  await forget();
  const pressed = new Map<string, number>();
  for (let index = 0; index < posts; index += 1) {
    const text = `${Date.now()} ${words(index * 31)}`;
    pressed.set(text, await press(text, index));
    await wait(PRESSED_EVERY_MS);
  }
  return lateness(stage, pressed, waitMs);
}

/** Presses it where the jobs run too, as with `npm start`. */
export async function pressInWorker(stage: Stage, worker: Talker): Promise<Press> {
  const member = await aMember('scheduler');
  return async (text, index) =>
    worker.ask('publishNow', { member, input: await placeable(stage, text, index) });
}

/** Presses it in this process, which runs no jobs, as `npm run web` does. */
export async function pressHere(stage: Stage, context: Context): Promise<Press> {
  const member: Member = await aMember('scheduler');
  return async (text, index) => {
    const input = await placeable(stage, text, index);
    const pressedAt = Date.now();
    await schedulePost(context, member, { ...input, publishNow: true });
    return pressedAt;
  };
}

export function pressPlain(stage: Stage, agenda: Talker): Press {
  return (text, index) =>
    agenda.ask('publishNow', { account: stage.accounts[index % stage.accounts.length]?._id, text });
}

let campaign: Promise<{ _id: string }> | undefined;

async function placeable({ accounts }: Stage, text: string, index: number): Promise<SchedulePostInput> {
  campaign ??= aCampaign({ state: 'running', startsOn: null, endsOn: null });
  const account = accounts[index % accounts.length];
  if (!account) throw new Error('there is an account');
  const variant = newId();
  const draft = await aMessage({
    campaign: (await campaign)._id,
    variants: [{ _id: variant, network: 'x', language: 'en', text, accounts: [account._id] }],
  });
  await approve(draft, new Date());
  return { message: draft._id, variant, accounts: [account._id] };
}

/** Every measurement begins with an empty calendar. */
async function forget(): Promise<void> {
  await Promise.all([Deliveries, Posts, Messages].map((model) => (model as typeof Posts).deleteMany({})));
}

let received = 0;

async function lateness(stage: Stage, due: ReadonlyMap<string, number>, waitMs: number): Promise<Lateness> {
  const endsAt = Math.max(...due.values()) + waitMs;
  const arrived = await stage.received(received, due.size, endsAt);
  received = await stage.countReceived();
  const late = [...due].flatMap(([text, dueAt]) => {
    const at = arrived.get(text);
    return at === undefined ? [] : [at - dueAt];
  });
  return latenessOf(late, due.size);
}
