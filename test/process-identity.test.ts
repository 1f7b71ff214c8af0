import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { isProvenGone, ownIdentity, type ProcessIdentity } from '../server/process-identity.ts';

describe('the identity of a process', () => {
  before('only Linux tells when a process started', function check() {
    if (process.platform !== 'linux') this.skip();
  });

  /** A process of our own, with the identity that it would write down itself. */
  async function aProcess() {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const processStart = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
    const identity: ProcessIdentity = { ...ownIdentity(), pid, processStart };
    return { child, identity };
  }

  it('never takes a living process for gone', async () => {
    const { child, identity } = await aProcess();
    expect(isProvenGone(ownIdentity())).to.equal(false);
    expect(isProvenGone(identity)).to.equal(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('never takes a stopped process for gone', async () => {
    const { child, identity } = await aProcess();
    child.kill('SIGSTOP');
    expect(isProvenGone(identity)).to.equal(false);
    child.kill('SIGKILL');
    await once(child, 'exit');
  });

  it('proves that a killed process is gone', async () => {
    const { child, identity } = await aProcess();
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(isProvenGone(identity)).to.equal(true);
  });

  it('proves that a process is gone whose number somebody else has now', () => {
    const own = ownIdentity();
    expect(isProvenGone({ ...own, processStart: String(Number(own.processStart) - 1) })).to.equal(true);
  });

  it('takes silence from another host, or another start of the machine, for no proof', () => {
    const gone = { ...ownIdentity(), pid: 2 ** 22 + 1, processStart: '1' };
    expect(isProvenGone(gone)).to.equal(true);
    expect(isProvenGone({ ...gone, host: 'another' })).to.equal(false);
    expect(isProvenGone({ ...gone, bootId: 'another' })).to.equal(false);
    expect(isProvenGone({ ...gone, processStart: '' })).to.equal(false);
  });
});
