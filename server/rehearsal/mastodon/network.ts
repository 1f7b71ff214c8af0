import { z } from 'zod';
import { composePost } from '../posts.ts';
import { createStage, type Stage } from '../stage.ts';
import { type AccountInput, accountForm, INSTANCE, type MastodonAccount, userIdOf } from './account.ts';
import { giveToken, newApp } from './apps.ts';
import { countedLength } from './count.ts';
import type { App } from './events.ts';
import type { LimitsInput } from './limits.ts';
import type { MakeInput } from './make.ts';
import { storePicture } from './media.ts';
import type { MastodonWorld } from './world.ts';

/** What a person would type in to connect one account, with its id. */
interface MastodonKeys {
  userId: string;
  username: string;
  credential: { instance: string; accessToken: string };
}

const postForm = z.strictObject({
  username: z.string(),
  text: z.string(),
  createdAt: z.coerce.date(),
  replyTo: z.string().optional(),
  media: z
    .array(z.strictObject({ base64: z.base64(), altText: z.string().max(1500).optional() }))
    .max(4)
    .default([]),
});

export type PostInput = z.input<typeof postForm>;

/** The stand-in for Mastodon as seen from behind the stage: what tests, seeds and the control API may do. */
export interface MastodonNetwork extends Stage<LimitsInput> {
  /** Opens an account, or finds it again with the same keys. Throws a ZodError on a bad username. */
  registerAccount(input: AccountInput): Promise<MastodonKeys>;
  accounts(): MastodonAccount[];
  /** Removes an account with all its posts; false when there is none. */
  removeAccount(username: string): Promise<boolean>;
  /** Publishes at a moment in the past; returns the id. */
  publishBackdated(input: PostInput): Promise<string>;
  /** Lets the server behave like one of another make. Throws a ZodError. */
  setMake(input: MakeInput): void;
}

export function createMastodonNetwork(world: MastodonWorld): MastodonNetwork {
  return {
    registerAccount: (input) => registerAccount(world, input),
    accounts: () => world.registry.accounts(),
    removeAccount: (username) => removeAccount(world, username),
    publishBackdated: (input) => publishBackdated(world, input),
    setMake: (input) => world.make.set(input),
    ...createStage(world),
  };
}

/** What a person registers by hand, under Development in the settings of a real server. */
const BY_HAND = { name: 'Typed-in token', redirectUris: [], scopes: ['read', 'write'], website: null };

async function registerAccount(world: MastodonWorld, input: AccountInput): Promise<MastodonKeys> {
  const { automatedBy, ...form } = accountForm.parse(input);
  if (!world.registry.named(form.username)) {
    const createdAt = new Date(world.clock.now()).toISOString();
    const account = { userId: userIdOf(form.username), ...form, automatedBy: automatedBy ?? null, createdAt };
    world.journal.record({ type: 'account-registered', account });
  }
  const account = world.registry.named(form.username);
  if (!account) throw new Error(`There is no account named ${form.username}.`);
  const { userId, username } = account;
  const app = world.registry.appNamed(BY_HAND.name) ?? newApp(world, BY_HAND);
  const token = world.registry.tokenOf(userId, app.clientId) ?? give(world, userId, app);
  await world.journal.settled();
  return { userId, username, credential: { instance: INSTANCE, accessToken: token.accessToken } };
}

const give = (world: MastodonWorld, userId: string, app: App) =>
  giveToken(world, { userId, app, scopes: app.scopes });

async function removeAccount(world: MastodonWorld, name: string): Promise<boolean> {
  // Other programs know the account with its server.
  const account = world.registry.named(name.split('@')[0] ?? name);
  if (!account) return false;
  world.journal.record({ type: 'author-removed', authorId: account.userId });
  world.journal.record({ type: 'account-removed', userId: account.userId });
  await world.journal.settled();
  return true;
}

async function publishBackdated(world: MastodonWorld, input: PostInput): Promise<string> {
  const form = postForm.parse(input);
  const account = world.registry.named(form.username);
  if (!account) throw new Error(`There is no account named ${form.username}.`);
  const answered = form.replyTo ? world.ledger.findVisible(form.replyTo) : undefined;
  if (form.replyTo && !answered) throw new Error(`There is no post ${form.replyTo} to answer.`);
  const { textLimit } = world.make.current;
  if (countedLength(form.text) > textLimit) throw new Error(`The text is longer than ${textLimit}.`);

  const at = form.createdAt.getTime();
  const id = world.ids.backdated(at);
  const media = form.media.map(({ base64, altText = null }) => {
    const bytes = Buffer.from(base64, 'base64');
    const {
      ownerId: _owner,
      readyAt: _ready,
      ...shown
    } = storePicture(world, {
      ...{ ownerId: account.userId, bytes, altText, at },
    });
    return shown;
  });
  const post = composePost(
    {
      ...{ id, authorId: account.userId, username: account.username, text: form.text, media },
      replyTo: answered?.id ?? null,
      conversationId: answered?.conversationId ?? id,
      options: { visibility: 'public' },
      isBackdated: true,
    },
    at,
  );
  world.journal.record({ type: 'post-created', post });
  await world.journal.settled();
  return id;
}
