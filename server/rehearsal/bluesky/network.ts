import { createStage, type Stage } from '../stage.ts';
import {
  type AccountInput,
  accountForm,
  type BlueskyAccount,
  didOf,
  handleOf,
  newAppPassword,
} from './account.ts';
import { type PostInput, publishBackdated } from './backdated-post.ts';
import type { LimitsInput } from './limits.ts';
import { giveSession } from './tokens.ts';
import type { BlueskyWorld } from './world.ts';
import { writeRecord } from './write-record.ts';

/** The keys to one account: what a person would type in, and a session opened with it. */
export interface BlueskyCredentials {
  did: string;
  handle: string;
  appPassword: string;
  session: {
    instance: string;
    did: string;
    handle: string;
    accessToken: string;
    refreshToken: string;
    expiresAt: string;
  };
}

/** The stand-in for Bluesky as seen from behind the stage: what tests, seeds and the control API may do. */
export interface BlueskyNetwork extends Stage<LimitsInput> {
  /** Opens an account, or finds it again, with a new session. Throws a ZodError on a bad username. */
  registerAccount(input: AccountInput): Promise<BlueskyCredentials>;
  accounts(): BlueskyAccount[];
  /** Removes an account with all its posts; false when there is none. */
  removeAccount(username: string): Promise<boolean>;
  /** Publishes at a moment in the past; returns the address. */
  publishBackdated(input: PostInput): Promise<string>;
}

export function createBlueskyNetwork(world: BlueskyWorld): BlueskyNetwork {
  return {
    registerAccount: (input) => registerAccount(world, input),
    accounts: () => world.registry.accounts(),
    removeAccount: (username) => removeAccount(world, username),
    publishBackdated: (input) => publishBackdated(world, input),
    ...createStage(world),
  };
}

async function registerAccount(world: BlueskyWorld, input: AccountInput): Promise<BlueskyCredentials> {
  const { username, name, description } = accountForm.parse(input);
  const handle = handleOf(username);
  const account = world.registry.account(handle) ?? openAccount(world, { handle, name, description });
  const { did, appPassword } = account;
  const { accessJwt, refreshJwt, endsAt } = giveSession(world, did);
  await world.journal.settled();
  return {
    did,
    handle,
    appPassword,
    session: {
      instance: 'bsky.social',
      did,
      handle,
      accessToken: accessJwt,
      refreshToken: refreshJwt,
      expiresAt: new Date(endsAt).toISOString(),
    },
  };
}

function openAccount(
  world: BlueskyWorld,
  { handle, name, description }: { handle: string; name: string; description: string },
): BlueskyAccount {
  const at = world.clock.now();
  const account: BlueskyAccount = {
    did: didOf(handle),
    username: handle,
    name,
    description,
    automatedBy: null,
    createdAt: new Date(at).toISOString(),
    appPassword: newAppPassword(),
  };
  world.journal.record({ type: 'account-registered', account });
  const profile = { displayName: name, description };
  writeRecord(world, account, {
    collection: 'app.bsky.actor.profile',
    recordKey: 'self',
    value: profile,
    at,
  });
  return account;
}

async function removeAccount(world: BlueskyWorld, username: string): Promise<boolean> {
  const account = world.registry.account(username);
  if (!account) return false;
  world.journal.record({ type: 'author-removed', authorId: account.did });
  world.journal.record({ type: 'account-removed', did: account.did });
  await world.journal.settled();
  return true;
}
