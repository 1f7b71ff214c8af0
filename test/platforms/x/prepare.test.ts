import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { Credential } from '../../../server/domain/credential.ts';
import type { Outcome, Platform } from '../../../server/platforms/platform.ts';
import { RehearsalAgent } from '../../../server/platforms/rehearsal-agent.ts';
import { openX } from '../../../server/platforms/x/open.ts';
import { type Rehearsal, startRehearsal } from '../../../server/rehearsal/start.ts';
import { png } from '../../rehearsal/support.ts';

describe('X: images and threads', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rejoinder-x-'));
  let rehearsal: Rehearsal;
  let platform: Platform;
  let credential: Credential;
  before(async () => {
    rehearsal = await startRehearsal({ dataDir });
    platform = openX({ agent: new RehearsalAgent(rehearsal.url), pagesAt: rehearsal.url, timeoutMs: 2_000 });
    const keys = await rehearsal.x.registerAccount({ username: 'comehome', name: 'Come Home' });
    credential = { ...keys.oauth1, remoteId: keys.userId };
  });
  afterEach(() => rehearsal.x.clearFaults());
  after(async () => {
    await rehearsal.stop();
    rmSync(dataDir, { recursive: true });
  });

  const images = ['A lit window at night', 'A closed door'].map((altText) => ({
    bytes: new Uint8Array(png),
    mimeType: 'image/png',
    altText,
  }));
  const request = (text: string) => ({ text, language: 'en', deliveryKey: text });
  const ofText = (text: string) => rehearsal.x.ledger().posts.filter((post) => post.text === text);
  const idOf = (outcome: Outcome) => {
    if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
    return outcome.remoteId;
  };
  const prepare = async (text: string) => platform.prepare?.(credential, { ...request(text), images });

  it('shows the images in their order, each with its words, and finds the post back', async () => {
    const made = await prepare('Two windows');
    if (made?.kind !== 'prepared') throw new Error(JSON.stringify(made));
    const hoursGood = ((made.goodUntil?.getTime() ?? 0) - Date.now()) / 3_600_000;
    expect(hoursGood, 'X forgets uploads after a day').to.be.within(20, 23);
    const full = { ...request('Two windows'), images, prepared: made.prepared };
    const remoteId = idOf(await platform.publish(credential, full));
    const [post] = ofText('Two windows');
    expect(post?.media.map(({ altText }) => altText)).to.deep.equal([
      'A lit window at night',
      'A closed door',
    ]);
    const sentAfter = new Date(Date.now() - 10_000);
    expect(await platform.readBack(credential, { ...full, sentAfter })).to.include({
      kind: 'found',
      remoteId,
    });
  });

  it('publishes nothing when the images are not uploaded', async () => {
    const outcome = await platform.publish(credential, { ...request('No picture'), images });
    expect(outcome.kind).to.equal('not-sent');
    expect(ofText('No picture')).to.have.length(0);
  });

  for (const endpoint of ['initializeMedia', 'appendMedia', 'finalizeMedia', 'describeMedia'] as const) {
    it(`counts an upload that breaks off at ${endpoint} as not sent`, async () => {
      rehearsal.x.setFaults([{ endpoint, kind: 'reset', moment: 'before' }]);
      expect((await prepare('Broken'))?.kind).to.equal('not-sent');
    });
  }

  it('obeys a limit on uploads, and hears of a dead token', async () => {
    rehearsal.x.setFaults([{ endpoint: 'initializeMedia', kind: 'limited', resetInSeconds: 60 }]);
    expect((await prepare('Later'))?.kind).to.equal('limited');
    rehearsal.x.setFaults([{ endpoint: 'initializeMedia', kind: 'unauthorised' }]);
    expect((await prepare('Dead'))?.kind).to.equal('unauthorised');
  });

  it('continues a thread under the post before', async () => {
    const root = idOf(await platform.publish(credential, request('First of the thread')));
    const continues = { root, parent: root };
    await platform.publish(credential, { ...request('Second of the thread'), continues });
    expect(ofText('Second of the thread')[0]).to.include({ replyTo: root, conversationId: root });
  });
});
