import { resolve } from 'node:path';
import { z } from 'zod';
import { CannotStart } from './errors.ts';

const trueWords = ['1', 'true', 'yes', 'on'];
const falseWords = ['0', 'false', 'no', 'off'];

const flag = z
  .string()
  .toLowerCase()
  .refine((word) => [...trueWords, ...falseWords].includes(word), 'must be on or off')
  .transform((word) => trueWords.includes(word));

const port = z.coerce.number('must be a number').int('must be a whole number').min(0).max(65535);

const loopbackNames = ['localhost', '127.0.0.1', '[::1]'];

/** Rehearsal traffic is plain http, so it may not leave this machine. */
const loopbackAddress = z
  .url({ protocol: /^http$/, error: 'must be an http address on this machine' })
  .refine((address) => loopbackNames.includes(new URL(address).hostname), 'must be on this machine')
  .transform((address) => new URL(address).origin)
  .optional();

const environment = z.object({
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: port.default(3000),
  DATA_DIR: z.string().min(1).default('data'),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional(),
  DATABASE_PORT: port.default(0),
  SECRET_KEY_FILE: z.string().min(1).optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/, error: 'must be an http or https address' }).optional(),
  REHEARSAL: flag.default(true),
  REHEARSAL_PORT: port.default(3001),
  REHEARSAL_X_URL: loopbackAddress,
  REHEARSAL_MASTODON_URL: loopbackAddress,
  REHEARSAL_BLUESKY_URL: loopbackAddress,
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly dataDir: string;
  /** Not set: the embedded database in dataDir is used. */
  readonly mongodbUri: string | undefined;
  readonly databasePort: number;
  readonly secretKeyFile: string;
  /** Not set: derived from host and port once the server listens. */
  readonly publicUrl: string | undefined;
  readonly rehearsal: boolean;
  readonly rehearsalPort: number;
  /** Other implementations on this machine that take the place of our stand-ins. */
  readonly rehearsalUrls: Readonly<Record<'x' | 'mastodon' | 'bluesky', string | undefined>>;
  readonly logLevel: z.infer<typeof environment>['LOG_LEVEL'];
}

/**
 * Reads the settings once, at start. Empty variables count as not set.
 * Throws CannotStart with one line per bad variable.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')} ${issue.message}`);
    throw new CannotStart(`Please correct these settings (see .env.example):\n${lines.join('\n')}`);
  }
  const dataDir = resolve(parsed.data.DATA_DIR);
  return Object.freeze({
    host: parsed.data.HOST,
    port: parsed.data.PORT,
    dataDir,
    mongodbUri: parsed.data.MONGODB_URI,
    databasePort: parsed.data.DATABASE_PORT,
    secretKeyFile: resolve(parsed.data.SECRET_KEY_FILE ?? `${dataDir}/secret.key`),
    publicUrl: parsed.data.PUBLIC_URL?.replace(/\/+$/, ''),
    rehearsal: parsed.data.REHEARSAL,
    rehearsalPort: parsed.data.REHEARSAL_PORT,
    rehearsalUrls: {
      x: parsed.data.REHEARSAL_X_URL,
      mastodon: parsed.data.REHEARSAL_MASTODON_URL,
      bluesky: parsed.data.REHEARSAL_BLUESKY_URL,
    },
    logLevel: parsed.data.LOG_LEVEL,
  });
}
