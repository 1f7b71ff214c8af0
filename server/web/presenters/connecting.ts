import { NETWORK_NAMES, type Network } from '../../domain/network.ts';
import { WAYS, type Way, waysOf } from '../forms/ways-to-connect.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';
import { zoneOptions } from './choices.ts';

/** The ways to connect an account of each network that this installation speaks to. */
export function newAccountPage(
  { networks, isRehearsal }: { networks: readonly Network[]; isRehearsal: boolean },
  speak: Speak,
) {
  return {
    title: speak.t('accounts.new-title'),
    rehearsals: isRehearsal
      ? networks.map((network) => ({
          network,
          path: paths.accountRehearsal,
          label: speak.t('accounts.rehearsal-connect', { network: NETWORK_NAMES[network] }),
        }))
      : [],
    ways: waysOf(networks).map(({ way, network }) => ({
      title: titleOf(way, network, speak),
      lead: speak.t(`accounts.${way}-lead.${network}`),
      path: paths.newAccountWay(way, network),
      start: speak.t(`accounts.${way}-start`),
    })),
    accountsPath: paths.accounts,
  };
}

export interface ConnectFacts {
  /** Where the network must send people back to. */
  callback: string;
  isRehearsal: boolean;
  /** Servers that an administrator has listed. */
  instances: readonly string[];
}

/** One of the forms that connect an account. */
export function connectPage(way: Way, network: Network, facts: ConnectFacts, speak: Speak) {
  const { callback } = facts;
  return {
    title: titleOf(way, network, speak),
    lead: speak.t(`accounts.${way}-lead.${network}`),
    callback: way === 'connection' && network === 'x' ? callback : null,
    fields: (WAYS[way][network] ?? []).map(({ name, isSecret, isOptional }) => {
      const key = `accounts.${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
      // One field may mean different things on different networks.
      const hint = [`${key}-hint.${network}`, `${key}-hint`].find((one) => speak.knows(one));
      return {
        name,
        label: speak.t(key),
        hint: hint && speak.t(hint),
        type: isSecret ? 'password' : 'text',
        autocomplete: isSecret ? 'new-password' : 'off',
        isOptional,
      };
    }),
    servers: network === 'mastodon' ? serversInWords(facts, speak) : null,
    submit: speak.t(way === 'connection' ? 'accounts.connection-go' : 'accounts.connect-now'),
    zones: zoneOptions,
    cancelPath: paths.newAccount,
  };
}

/** Which servers may be connected to, or what has to happen before one may. */
function serversInWords({ isRehearsal, instances }: ConnectFacts, speak: Speak): string {
  if (isRehearsal) return speak.t('accounts.servers-rehearsed');
  if (instances.length === 0) return speak.t('accounts.servers-none');
  return speak.t('accounts.servers-listed', { servers: speak.list(instances) });
}

function titleOf(way: Way, network: Network, speak: Speak): string {
  return speak.t(`accounts.${way}-title`, { network: NETWORK_NAMES[network] });
}

/** A page of its own: our forms may not lead to other sites, a link may. */
export function leavingPage(network: Network, address: string, speak: Speak) {
  const values = { network: NETWORK_NAMES[network] };
  return {
    title: speak.t('accounts.leaving-title', values),
    lead: speak.t('accounts.leaving-lead', values),
    go: speak.t('accounts.leaving-go', values),
    address,
    cancelPath: paths.newAccount,
  };
}
