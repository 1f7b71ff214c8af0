import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { RequestHandler } from 'express';
import type { Config } from '../../config.ts';

const MISDIRECTED = 421;

/**
 * Answers only under names that are this machine's: an address in numbers, `localhost`, the machine's own name, and
 * those of HOST and PUBLIC_URL. A page of somebody else whose name was pointed here (DNS rebinding) would otherwise count
 * as the same site.
 */
export function knownHost({ publicUrl, host: bound }: Pick<Config, 'publicUrl' | 'host'>): RequestHandler {
  const machine = hostname().toLowerCase();
  const known = new Set(['localhost', bound.toLowerCase(), machine, `${machine}.local`]);
  if (publicUrl) known.add(new URL(publicUrl).hostname.toLowerCase());
  return (req, res, next) => {
    const host = nameOf(req.get('Host') ?? '');
    if (known.has(host) || isIP(host) > 0) {
      next();
      return;
    }
    res.status(MISDIRECTED).type('text').send(req.speak.t('app.problem.other-host'));
  };
}

function nameOf(host: string): string {
  return host
    .toLowerCase()
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '');
}
