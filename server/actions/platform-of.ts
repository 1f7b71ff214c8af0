import type { Context } from '../context.ts';
import type { Network } from '../domain/network.ts';
import { RuleViolation } from '../domain/rule-violation.ts';

/** The port, as the context hands it out. */
export type Platform = NonNullable<Context['platforms'][Network]>;
export type PublishRequest = Parameters<Platform['publish']>[1];

/** The adapter for a network. Throws RuleViolation when this installation has none. */
export function platformOf({ platforms }: Pick<Context, 'platforms'>, network: Network): Platform {
  const platform = platforms[network];
  if (platform) return platform;
  throw new RuleViolation('network-not-available', 'This installation cannot speak to that network yet.', {
    field: 'network',
  });
}
