import { newSecret } from '../secret.ts';
import { createStage, type Stage } from '../stage.ts';
import { type AccountInput, accountForm, userIdOf, type XAccount } from './account.ts';
import { type PostInput, publishBackdated } from './backdated-post.ts';
import { ALL_SCOPES, giveGrant } from './grants.ts';
import type { LimitsInput } from './limits.ts';
import type { XWorld } from './world.ts';

/** The keys to one account, for both ways of signing. */
export interface XCredentials {
  userId: string;
  username: string;
  oauth1: { appKey: string; appSecret: string; accessToken: string; accessSecret: string };
  oauth2: {
    clientId: string;
    clientSecret: string;
    accessToken: string;
    refreshToken: string;
    expiresAt: string;
  };
}

/** The stand-in for X as seen from behind the stage: what tests, seeds and the control API may do. */
export interface XNetwork extends Stage<LimitsInput> {
  /** Keys of the one app that all accounts allow to act for them. */
  app(): { clientId: string; clientSecret: string; appKey: string; appSecret: string };
  /** Opens an account, or finds it again with the same keys. Throws a ZodError on a bad username. */
  registerAccount(input: AccountInput): Promise<XCredentials>;
  accounts(): XAccount[];
  /** Removes an account with all its posts; false when there is none. */
  removeAccount(username: string): Promise<boolean>;
  /** Publishes at a moment in the past; returns the id. */
  publishBackdated(input: PostInput): Promise<string>;
}

export function createXNetwork(world: XWorld): XNetwork {
  return {
    app: () => appOf(world),
    registerAccount: (input) => registerAccount(world, input),
    accounts: () => world.registry.accounts(),
    removeAccount: (username) => removeAccount(world, username),
    publishBackdated: (input) => publishBackdated(world, input),
    ...createStage(world),
  };
}

function appOf({ registry }: XWorld) {
  if (!registry.app) throw new Error('The network has no app.');
  const { clientId, clientSecret, appKey, appSecret } = registry.app;
  return { clientId, clientSecret, appKey, appSecret };
}

async function registerAccount(world: XWorld, input: AccountInput): Promise<XCredentials> {
  const { automatedBy, ...form } = accountForm.parse(input);
  if (!world.registry.named(form.username)) {
    const userId = userIdOf(form.username);
    const createdAt = new Date(world.clock.now()).toISOString();
    world.journal.record({
      type: 'account-registered',
      account: { userId, ...form, automatedBy: automatedBy ?? null, createdAt },
      oauth1: { userId, accessToken: `${userId}-${newSecret(30)}`, accessSecret: newSecret(33) },
    });
  }
  const credentials = credentialsOf(world, form.username);
  await world.journal.settled();
  return credentials;
}

function credentialsOf(world: XWorld, username: string): XCredentials {
  const { appKey, appSecret, clientId, clientSecret } = appOf(world);
  const account = world.registry.named(username);
  const token = account && world.registry.oauth1Of(account.userId);
  if (!account || !token) throw new Error(`There is no account named ${username}.`);
  const { userId } = account;
  const grant =
    world.registry.grants().find((each) => each.userId === userId) ?? giveGrant(world, userId, ALL_SCOPES);
  return {
    userId,
    username: account.username,
    oauth1: { appKey, appSecret, accessToken: token.accessToken, accessSecret: token.accessSecret },
    oauth2: {
      clientId,
      clientSecret,
      accessToken: grant.accessToken,
      refreshToken: grant.refreshToken ?? '',
      expiresAt: new Date(grant.expiresAt).toISOString(),
    },
  };
}

async function removeAccount(world: XWorld, username: string): Promise<boolean> {
  const account = world.registry.named(username);
  if (!account) return false;
  world.journal.record({ type: 'author-removed', authorId: account.userId });
  world.journal.record({ type: 'account-removed', userId: account.userId });
  await world.journal.settled();
  return true;
}
