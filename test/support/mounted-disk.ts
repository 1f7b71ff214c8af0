import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface MountedDisk {
  readonly path: string;
  resize(megabytes: number): void;
  unmount(): void;
}

/** A disk of its own with little room, or the reason why this machine does not give one. */
export function mountDisk(megabytes: number): MountedDisk | string {
  if (process.platform !== 'linux') return 'needs Linux to mount a small disk';
  if (process.getuid?.() !== 0) return 'needs root to mount a small disk';
  const path = mkdtempSync(join(tmpdir(), 'rejoinder-disk-'));
  const mount = (...options: string[]) => execFileSync('mount', [...options, path], { stdio: 'ignore' });
  try {
    mount('-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs');
  } catch {
    rmdirSync(path);
    return 'needs the right to mount a small disk';
  }
  return {
    path,
    resize: (size) => mount('-o', `remount,size=${size}m`),
    unmount: () => {
      execFileSync('umount', ['-l', path], { stdio: 'ignore' });
      rmdirSync(path);
    },
  };
}
