import { platform, release } from 'node:os';
import type { Document } from '../bson/codec.ts';
import { VERSION } from './hello.ts';
import type { Invocation } from './invocation.ts';

/** What tools ask about a server before they do anything with it. */
export async function ping(): Promise<Document> {
  return { ok: 1 };
}

export async function buildInfo(): Promise<Document> {
  const versionArray = [...VERSION.split('.').map(Number), 0];
  return {
    ...{ version: VERSION, versionArray, gitVersion: 'rejoinder', modules: [], bits: 64, debug: false },
    ...{ maxBsonObjectSize: 16777216, storageEngines: ['lmdb'], allocator: 'system', ok: 1 },
  };
}

export async function hostInfo(): Promise<Document> {
  const system = { hostname: '127.0.0.1', cpuAddrSize: 64 };
  return { system, os: { type: platform(), name: platform(), version: release() }, extra: {}, ok: 1 };
}

export async function whatsMyUri({ session }: Invocation): Promise<Document> {
  return { you: session.remote, ok: 1 };
}

export async function getParameter({ plain }: Invocation): Promise<Document> {
  const all: Document = {
    featureCompatibilityVersion: { version: '7.0' },
    authenticationMechanisms: ['SCRAM-SHA-256'],
  };
  const wanted =
    plain.getParameter === '*' ? Object.keys(all) : Object.keys(plain).filter((key) => key in all);
  return { ...Object.fromEntries(wanted.map((key) => [key, all[key]])), ok: 1 };
}

export async function getLog(): Promise<Document> {
  return { totalLinesWritten: 0, log: [], ok: 1 };
}

export async function getCmdLineOpts(): Promise<Document> {
  return { argv: [], parsed: {}, ok: 1 };
}

export async function getFreeMonitoringStatus(): Promise<Document> {
  return { state: 'undecided', ok: 1 };
}
