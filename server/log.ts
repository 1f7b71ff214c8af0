import { type Logger, pino } from 'pino';
import type { Config } from './config.ts';

export type Log = Logger;

/** What must never reach a log, wherever it stands in the logged object: secrets and what people wrote. */
const redacted = [
  'accessToken',
  'accessSecret',
  'refreshToken',
  'appSecret',
  'clientSecret',
  'password',
  'token',
  'secret',
  'text',
  'authorization',
  'cookie',
].flatMap((key) => [key, `*.${key}`, `*.*.${key}`]);

/** Opens the one root logger; each room takes a named child (`log.child({ room: 'jobs' })`). */
export function openLog(config: Pick<Config, 'logLevel'>): Log {
  return pino({ level: config.logLevel, base: null, redact: { paths: redacted, censor: '[redacted]' } });
}
