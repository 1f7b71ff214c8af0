import { type Account, type AccountHealth, healthOf, isDisclosed } from '../../domain/account.ts';
import type { Member } from '../../domain/member.ts';
import { NETWORK_NAMES } from '../../domain/network.ts';
import { mayDo } from '../../domain/roles.ts';
import type { AccountRead } from '../../queries/list-accounts.ts';
import type { MonthCost } from '../../queries/month-cost.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { limitInWords } from './account-limit.ts';
import { zoneOptions } from './choices.ts';

const BADGES: Readonly<Record<AccountHealth, string>> = {
  healthy: 'good',
  'not-disclosed': 'look',
  paused: 'quiet',
  'test-failed': 'look',
  'auth-needed': 'bad',
  disconnected: 'quiet',
};

function healthView(account: Account, speak: Speak) {
  const health = healthOf(account);
  return { kind: BADGES[health], word: speak.t(`accounts.health.${health}`) };
}

/** All accounts with their health, a limit that holds, and the one thing that would bring each forward. */
export function accountsPage(
  accounts: readonly Account[],
  { reader, now, cost }: { reader: Member; now: Date; cost: MonthCost | null },
  speak: Speak,
) {
  return {
    title: speak.t('accounts.title'),
    mayConnect: mayDo(reader.roles, 'accounts.connect'),
    newPath: paths.newAccount,
    cost:
      cost &&
      speak.t('accounts.month-cost', {
        soFar: cost.soFarUsd,
        forecast: cost.forecastUsd,
      }),
    accounts: accounts.map((account) => ({
      path: paths.account(account._id),
      handle: `@${account.handle}`,
      displayName: account.displayName,
      network: NETWORK_NAMES[account.network],
      home: speak.label('home', account.home),
      health: healthView(account, speak),
      limit: limitInWords(account, now, speak),
      disclosure: disclosureInWords(account, speak),
      next: speak.t(`accounts.next.${healthOf(account)}`),
    })),
  };
}

function disclosureInWords(account: Account, speak: Speak): string {
  const { checkedAt } = account.disclosure;
  if (!checkedAt) return speak.t('accounts.disclosure-never');
  const at = speak.date(checkedAt);
  return speak.t(isDisclosed(account) ? 'accounts.disclosure-whole' : 'accounts.disclosure-gaps', { at });
}

/** One account: how it is, what keeps it, what was checked, and the forms for those who may. */
export function accountPage(read: AccountRead, { reader, now }: { reader: Member; now: Date }, speak: Speak) {
  const { account, held, isConnected } = read;
  const { _id: id, state } = account;
  return {
    title: `@${account.handle}`,
    accountsPath: paths.accounts,
    displayName: account.displayName,
    network: NETWORK_NAMES[account.network],
    home: speak.label('home', account.home),
    health: healthView(account, speak),
    limit: limitInWords(account, now, speak),
    labelHint: speak.t(`accounts.automated-label-hint.${account.network}`),
    next: speak.t(`accounts.next.${healthOf(account)}`),
    reason: account.stateReason || account.testProblem || null,
    heldSentence: held > 0 ? speak.t('accounts.held', { count: held }) : null,
    tested: testedInWords(account, speak),
    checked: checkedInWords(read, speak),
    pace: paceInWords(account, speak),
    zones: zoneOptions,
    hours: Array.from({ length: 24 }, (_, hour) => ({
      value: String(hour),
      label: `${String(hour).padStart(2, '0')}:00`,
    })),
    mayConnect: mayDo(reader.roles, 'accounts.connect'),
    mayPace: mayDo(reader.roles, 'accounts.pace'),
    mayEnable: mayDo(reader.roles, 'accounts.connect') && state === 'paused',
    isEnabled: state === 'enabled',
    isConnected,
    newPath: paths.newAccount,
    testPath: paths.accountTest(id),
    enablementPath: paths.accountEnablement(id),
    disconnectionPath: paths.accountDisconnection(id),
  };
}

function testedInWords({ testedAt, testProblem }: Account, speak: Speak): string {
  if (!testedAt) return speak.t('accounts.tested-never');
  return speak.t(testProblem ? 'accounts.tested-failed' : 'accounts.tested-well', {
    at: speak.dateTime(testedAt),
  });
}

function checkedInWords({ account, checkedBy }: AccountRead, speak: Speak): string {
  const { checkedAt } = account.disclosure;
  if (!checkedAt) return speak.t('accounts.disclosure-never');
  return speak.t('accounts.checked-by', {
    name: checkedBy ?? speak.t('accounts.somebody'),
    at: speak.dateTime(checkedAt),
  });
}

function paceInWords({ timeZone, gapMinutes, quietFromHour, quietToHour }: Account, speak: Speak): string {
  const quiet =
    quietFromHour === quietToHour
      ? speak.t('accounts.pace-no-quiet')
      : speak.t('accounts.pace-quiet', { from: quietFromHour, to: quietToHour });
  return speak.t('accounts.pace-words', { gap: gapMinutes, quiet, timeZone });
}
