import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect } from 'chai';
import mongoose from 'mongoose';
import { connectDatabase } from '../server/database/connect.ts';
import { startEmbeddedDatabase } from '../server/database/embedded/start.ts';
import { hashToken, Invitations } from '../server/models/invitation.ts';
import { aMember } from './support/builders.ts';

const run = promisify(execFile);
const COMMAND = fileURLToPath(new URL('../server/password.ts', import.meta.url));

describe('npm run password', function suite() {
  this.timeout(60_000);
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-password-'));
  after(() => rmSync(dataDir, { recursive: true, force: true }));
  const password = (email: string) => {
    const env = { ...process.env, DATA_DIR: dataDir, MONGODB_URI: '', LOG_LEVEL: 'silent', PORT: '3999' };
    return run(process.execPath, ['--import', 'tsx', COMMAND, email], { env });
  };

  it('prints a link of the running installation, and of one that stands still', async () => {
    const running = await startEmbeddedDatabase({ dataDir });
    await connectDatabase(running.uri);
    const { email } = await aMember('administrator');
    const first = await linkIn(password(email.toUpperCase()));
    expect(await Invitations.exists({ kind: 'password', tokenHash: hashToken(first) })).not.to.equal(null);
    await mongoose.disconnect();
    await running.stop();
    expect(await linkIn(password(email))).not.to.equal(first);
  });

  it('says what is wrong with an address that nobody has', async () => {
    const failure = await password('nobody@example.org').catch((error) => error);
    expect(failure.code).to.equal(1);
    expect(failure.stderr)
      .to.include('no member with the address nobody@example.org')
      .and.not.include(' at ');
  });
});

async function linkIn(printed: Promise<{ stdout: string }>): Promise<string> {
  const { stdout } = await printed;
  const token = /http:\/\/127\.0\.0\.1:3999\/password\/([\w-]{43})\n/.exec(stdout)?.[1];
  if (!token) throw new Error(`no link in: ${stdout}`);
  return token;
}
