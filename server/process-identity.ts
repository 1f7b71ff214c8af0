import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** What names one process for ever, as far as the system tells. Empty texts: the system does not tell. */
export interface ProcessIdentity {
  /** Host, machine and the namespace that process ids are counted in. */
  host: string;
  bootId: string;
  pid: number;
  /** Ticks from the start of the machine to the start of the process. */
  processStart: string;
}

/** The identity of this process. Only Linux tells when a process started; elsewhere no death is ever proven. */
export function ownIdentity(): ProcessIdentity {
  return {
    host: hostIdentity(),
    bootId: read('/proc/sys/kernel/random/boot_id'),
    pid: process.pid,
    processStart: startOf(process.pid),
  };
}

/**
 * Whether this process is certainly gone. Silence is no proof: false for another host, another boot of it, or a
 * system that does not tell when processes started.
 */
export function isProvenGone(identity: ProcessIdentity): boolean {
  const own = ownIdentity();
  if (!own.bootId || !own.processStart || !identity.processStart) return false;
  if (identity.host !== own.host || identity.bootId !== own.bootId) return false;
  const start = startOf(identity.pid);
  return start ? start !== identity.processStart : !exists(identity.pid);
}

function hostIdentity(): string {
  return [hostname(), read('/etc/machine-id'), link('/proc/self/ns/pid')].join(' ');
}

/**
 * Field 22 of /proc/<pid>/stat (proc_pid_stat(5)). The second field is a name in brackets that may hold
 * spaces, so counting begins behind the last bracket. A process that ended but still has its entry has no start.
 */
function startOf(pid: number): string {
  const stat = read(`/proc/${pid}/stat`);
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [state] = fields;
  return state === 'Z' || state === 'X' ? 'ended' : (fields[19] ?? '');
}

/** A process whose entry is hidden from us still answers that it may not be signalled. */
function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return '';
  }
}

function link(file: string): string {
  try {
    return readlinkSync(file);
  } catch {
    return '';
  }
}
