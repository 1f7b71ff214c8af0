import { RuleViolation } from './rule-violation.ts';

const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST_NAME = new RegExp(`^(?=.{4,253}$)(?:${LABEL}\\.)+(?!\\d+$)${LABEL}$`);

/**
 * The host name of a server that a person named: by its name, its address or a handle on it. Throws RuleViolation
 * `instance-invalid` for anything that would not be plain https to a named server: ports, credentials, IP addresses.
 */
export function instanceOf(typed: string): string {
  const text = typed.trim();
  const [, handleServer] = /^@?[\w.-]+@([^\s/@:]+)$/.exec(text) ?? [];
  const address = /^[a-z][a-z0-9+.-]*:/i.test(text) ? text : `https://${handleServer ?? text}`;
  const url = URL.canParse(address) ? new URL(address) : null;
  const isPlain = url?.protocol === 'https:' && url.port === '' && url.username === '' && url.password === '';
  const name = url?.hostname.replace(/\.$/, '') ?? '';
  if (isPlain && HOST_NAME.test(name)) return name;
  throw new RuleViolation('instance-invalid', 'This is not the name of a server, such as social.example.', {
    field: 'instance',
  });
}

/** Bluesky's own: as fixed as the address of X, so that nobody has to list it. */
const ALWAYS_LISTED = ['bsky.social'];

/** Throws RuleViolation unless an administrator has named this server as one that may be connected to. */
export function assertListed(instance: string, listed: readonly string[]): void {
  if (ALWAYS_LISTED.includes(instance) || listed.includes(instance)) return;
  throw new RuleViolation('instance-not-listed', 'An administrator has not listed this server yet.', {
    field: 'instance',
    values: { instance },
  });
}
