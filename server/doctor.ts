import { accessSync, constants, existsSync, mkdirSync, statfsSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { type Config, readConfig } from './config.ts';
import { connectToLook } from './database/connect.ts';
import { discoverEmbeddedDatabase } from './database/embedded/discover.ts';
import { holdsDatabase } from './database/embedded/format.ts';
import { reachDatabase } from './database/open.ts';
import { CannotStart } from './errors.ts';
import { keyTrouble } from './fitting-vault.ts';
import { openLog } from './log.ts';
import { countStuck } from './queries/count-stuck.ts';
import { keyStanding } from './queries/key-standing.ts';
import { openVault } from './vault.ts';

/** What one check found; `advice` says what to do about it. */
interface Finding {
  isWell: boolean;
  what: string;
  advice?: string;
}

const MEGABYTE = 1024 * 1024;

try {
  const findings = await examine(readConfig());
  for (const { isWell, what, advice } of findings) {
    process.stdout.write(
      `${isWell ? 'ok     ' : 'PROBLEM'}  ${what}\n${isWell ? '' : `         ${advice}\n`}`,
    );
  }
  process.exitCode = findings.every(({ isWell }) => isWell) ? 0 : 1;
} catch (error) {
  if (!(error instanceof CannotStart)) throw error;
  process.stdout.write(`PROBLEM  ${error.message}\n`);
  process.exitCode = 1;
}

async function examine(config: Config): Promise<Finding[]> {
  const runningDatabase = config.mongodbUri ?? (await discoverEmbeddedDatabase(config.dataDir));
  return [
    nodeVersion(),
    dataDirectory(config),
    freeSpace(config),
    keyFile(config),
    ...(await database(config, runningDatabase !== null)),
    await port('PORT', config.host, config.port, runningDatabase !== null),
    ...(config.rehearsal
      ? [await port('REHEARSAL_PORT', '127.0.0.1', config.rehearsalPort, runningDatabase !== null)]
      : []),
  ];
}

function nodeVersion(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  return {
    isWell: major > 20 || (major === 20 && minor >= 19),
    what: `Node ${process.versions.node}`,
    advice: 'Install Node 20.19 or newer.',
  };
}

function dataDirectory({ dataDir }: Config): Finding {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK);
    return { isWell: true, what: `Data directory ${dataDir}` };
  } catch (error) {
    const advice = 'Make it writable for this account, or set DATA_DIR to another directory.';
    return { isWell: false, what: `Data directory ${dataDir}: ${(error as Error).message}`, advice };
  }
}

function freeSpace({ dataDir }: Config): Finding {
  const { bavail, bsize } = statfsSync(existsSync(dataDir) ? dataDir : '.');
  const megabytes = Math.floor((bavail * bsize) / MEGABYTE);
  return {
    isWell: megabytes >= 500,
    what: `${megabytes} MB free for data`,
    advice: 'Make room: with a full disk nothing new can be stored.',
  };
}

/** Whether the file of the secret key can be read by others. */
function keyFile({ secretKeyFile }: Config): Finding {
  if (!existsSync(secretKeyFile)) return { isWell: true, what: `No secret key in ${secretKeyFile}` };
  const isPrivate = process.platform === 'win32' || (statSync(secretKeyFile).mode & 0o077) === 0;
  return {
    isWell: isPrivate,
    what: `Secret key ${secretKeyFile}`,
    advice: `Others on this machine can read it. Run: chmod 600 ${secretKeyFile}`,
  };
}

/** An embedded database that stands still is opened for as long as it takes to look. */
async function database(config: Config, isRunning: boolean): Promise<Finding[]> {
  if (!isRunning && !holdsDatabase(config.dataDir)) {
    const what = `Embedded database: not there yet, will be made at the first start in ${config.dataDir}`;
    return [{ isWell: true, what }];
  }
  const name = config.mongodbUri ? 'MongoDB at MONGODB_URI' : 'Embedded database';
  try {
    const reached = await reachDatabase(config, openLog({ logLevel: 'silent' }));
    try {
      return await lookInto(reached.uri, { config, name, isRunning });
    } finally {
      await reached.stop();
    }
  } catch (error) {
    const advice = config.mongodbUri
      ? 'Check MONGODB_URI and that the server runs and accepts this user.'
      : 'Nothing was changed. If it stays so, restore a backup into a new data directory.';
    return [{ isWell: false, what: `${name}: ${(error as Error).message}`, advice }];
  }
}

async function lookInto(
  uri: string,
  { config, name, isRunning }: { config: Config; name: string; isRunning: boolean },
): Promise<Finding[]> {
  const { connection, disconnect } = await connectToLook(uri);
  try {
    const started = performance.now();
    await connection.db?.command({ ping: 1 });
    const milliseconds = (performance.now() - started).toFixed(1);
    const findings = [
      { isWell: true, what: `${name} answers in ${milliseconds} ms` },
      await fittingKey(config),
    ];
    return isRunning ? [...findings, await publishing()] : findings;
  } finally {
    await disconnect();
  }
}

async function fittingKey({ secretKeyFile }: Config): Promise<Finding> {
  const standing = await keyStanding(existsSync(secretKeyFile) ? openVault(secretKeyFile) : null);
  const what =
    standing === 'fits' ? 'The secret key fits the database' : 'The database needs no secret key yet';
  const trouble = keyTrouble(standing, secretKeyFile);
  return trouble ? { isWell: false, ...trouble } : { isWell: true, what };
}

async function publishing(): Promise<Finding> {
  const stuck = await countStuck(new Date());
  return {
    isWell: stuck === 0,
    what: stuck === 0 ? 'No post is past its time' : `Posts past their time that nothing keeps: ${stuck}`,
    advice:
      'See that Rejoinder or its worker runs, and look in its log for "job failed" or "delivery broke off".',
  };
}

/** A port that is taken is well when Rejoinder itself runs. */
async function port(setting: string, host: string, number: number, isRunning: boolean): Promise<Finding> {
  const isFree = await new Promise<boolean>((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(number, host, () => probe.close(() => resolve(true)));
  });
  return {
    isWell: isFree || isRunning,
    what: `${setting} ${number} is ${isFree ? 'free' : 'in use'}${isRunning && !isFree ? ' (Rejoinder runs)' : ''}`,
    advice: `Stop the program that uses it, or set ${setting} to another number.`,
  };
}
