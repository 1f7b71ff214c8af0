import { z } from 'zod';
import { NETWORKS, type Network } from '../../domain/network.ts';
import { line, optionalLine, timeZone } from './fields.ts';

export type Way = 'connection' | 'password' | 'keys';

interface TypedField {
  name: string;
  /** Secrets are never sent back to the page. */
  isSecret: boolean;
  isOptional: boolean;
}

const open = (name: string): TypedField => ({ name, isSecret: false, isOptional: false });
const secret = (name: string): TypedField => ({ name, isSecret: true, isOptional: false });
const optionalSecret = (name: string): TypedField => ({ name, isSecret: true, isOptional: true });

/**
 * What a person types in to connect an account, by way and network: to agree on the network's own page, a
 * password made for this application, or keys that the network showed them. Keys are named as in the credential.
 */
export const WAYS: Readonly<Record<Way, Partial<Record<Network, readonly TypedField[]>>>> = {
  connection: { x: [open('clientId'), optionalSecret('clientSecret')], mastodon: [open('instance')] },
  password: { bluesky: [open('identifier'), secret('password'), open('instance')] },
  keys: {
    x: ['appKey', 'appSecret', 'accessToken', 'accessSecret'].map(secret),
    mastodon: [open('instance'), secret('accessToken')],
  },
};

/** The ways that are open with these networks, network by network. */
export function waysOf(networks: readonly Network[]): { way: Way; network: Network }[] {
  return NETWORKS.filter((network) => networks.includes(network)).flatMap((network) =>
    (['connection', 'password', 'keys'] as const)
      .filter((way) => WAYS[way][network])
      .map((way) => ({ way, network })),
  );
}

/** Checks what was typed: the fields of the way, and the account's time zone. */
export function waySchema(way: Way, network: Network) {
  const typed = (WAYS[way][network] ?? []).map(({ name, isOptional }) => [
    name,
    isOptional ? optionalLine(500) : line(500),
  ]);
  const fields: Record<string, z.ZodType<string>> = Object.fromEntries(typed);
  return z.strictObject({ timeZone: timeZone(), ...fields }).transform((sent) => {
    const { timeZone: zone, ...given } = sent as Record<string, string>;
    return { timeZone: zone ?? '', given };
  });
}
