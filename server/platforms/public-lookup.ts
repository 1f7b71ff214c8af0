import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/**
 * Looks a host name up for one connection and refuses it when any of its addresses is not public: a name of the
 * outside world must not lead into our own network. The connection goes to the addresses that were looked at.
 */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[] = []) => {
    const [first] = addresses;
    if (error || !first) return callback(error ?? refusal(), '', 0);
    if (!addresses.every(({ address }) => isPublic(address))) return callback(refusal(), '', 0);
    if (options.all) return callback(null, addresses);
    callback(null, first.address, first.family);
  });
};

/** Whether an address belongs to one machine in the public network (IANA's special-purpose registries). */
export function isPublic(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.parse(address).range() === 'unicast';
}

function refusal(): NodeJS.ErrnoException {
  return Object.assign(new Error('not a public address'), { code: 'ENOTPUBLIC' });
}
