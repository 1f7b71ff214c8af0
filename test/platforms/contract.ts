import { expect } from 'chai';
import type { Credential } from '../../server/domain/credential.ts';
import type { Outcome, PublishRequest } from '../../server/platforms/platform.ts';
import { png } from '../rehearsal/support.ts';
import type { ContractFault, Rehearsed } from './rehearsed.ts';

/** What every adapter has to do, whatever its network is. */
export function keepsTheContract(name: string, open: () => Promise<Rehearsed>): void {
  describe(`The platform contract, kept by ${name}`, function contract() {
    this.timeout(30_000);
    let rehearsed: Rehearsed;
    let credential: Credential;
    let handle: string;
    let sentAfter: Date;
    let number = 0;

    before(async () => {
      rehearsed = await open();
    });
    beforeEach(async () => {
      ({ credential, handle } = await rehearsed.openAccount());
      sentAfter = new Date(Date.now() - 1000);
      number += 1;
    });
    afterEach(() => rehearsed.calm());
    after(() => rehearsed.stop());

    const request = () => ({
      text: `Three mothers & one question <${number}>: who told our children? https://example.org/help/${number} #ComeHome`,
      language: 'en',
      deliveryKey: `delivery-${number}`,
    });
    const publish = () => rehearsed.platform.publish(credential, request());
    const readBack = () => rehearsed.platform.readBack(credential, { ...request(), sentAfter });
    const shown = (text = request().text) =>
      rehearsed.ledgerOf(handle).filter((post) => post.text === text && post.deletedAt === null);
    const copies = () => shown().length;

    const images = [
      { bytes: png, mimeType: 'image/png', altText: 'A green door, half open, and a kettle behind it.' },
      { bytes: png, mimeType: 'image/png', altText: 'باب أخضر & <نصف> مفتوح' },
    ];

    async function prepared<Request extends PublishRequest>(wanted: Request): Promise<Request> {
      const outcome = await rehearsed.platform.prepare?.(credential, wanted);
      if (outcome && outcome.kind !== 'prepared') throw new Error(JSON.stringify(outcome));
      return outcome ? { ...wanted, prepared: outcome.prepared } : wanted;
    }

    async function publishUnder(fault: ContractFault): Promise<Outcome> {
      rehearsed.strike('publish', fault);
      const outcome = await publish();
      rehearsed.calm();
      return outcome;
    }

    function accepted(outcome: Outcome): Extract<Outcome, { kind: 'accepted' }> {
      if (outcome.kind !== 'accepted') throw new Error(JSON.stringify(outcome));
      return outcome;
    }

    it('publishes, and finds what it published', async () => {
      const { remoteId, remoteUrl } = accepted(await publish());
      expect(remoteUrl).to.match(/^https?:\/\//);
      expect(copies()).to.equal(1);
      expect(await readBack()).to.deep.include({ kind: 'found', remoteId, copies: 1 });
    });

    it('finds nothing where nothing was published', async () => {
      expect(await readBack()).to.deep.equal({ kind: 'absent' });
    });

    it('says whose credential it holds', async () => {
      expect(await rehearsed.platform.whoAmI(credential)).to.deep.include({ kind: 'known', handle });
    });

    for (const kind of ['reset', 'error', 'html'] as const) {
      it(`does not know after: ${kind} before acting; reading back says it is absent`, async () => {
        expect(await publishUnder({ kind, moment: 'before' })).to.have.property('kind', 'unknown');
        expect(copies()).to.equal(0);
        expect(await readBack()).to.deep.equal({ kind: 'absent' });
      });

      it(`does not know after: ${kind} after acting; reading back finds it`, async () => {
        expect(await publishUnder({ kind, moment: 'after' })).to.have.property('kind', 'unknown');
        expect(copies()).to.equal(1);
        expect(await readBack()).to.deep.include({ kind: 'found', copies: 1 });
      });
    }

    it('does not know after an answer that came too late, and finds out by reading back', async () => {
      expect(await publishUnder({ kind: 'slow', moment: 'after' })).to.have.property('kind', 'unknown');
      expect(await readBack()).to.deep.include({ kind: 'found', copies: 1 });
    });

    it('does not know after an answer that broke off, and finds out by reading back', async () => {
      expect(await publishUnder({ kind: 'cut-body' })).to.have.property('kind', 'unknown');
      expect(await readBack()).to.deep.include({ kind: 'found', copies: 1 });
    });

    it('says that its access is over', async () => {
      expect(await publishUnder({ kind: 'unauthorised' })).to.have.property('kind', 'unauthorised');
      expect(copies()).to.equal(0);
      expect((await rehearsed.platform.publish({}, request())).kind).to.equal('unauthorised');
    });

    it('says when it may try again', async () => {
      const from = Date.now();
      const outcome = await publishUnder({ kind: 'limited', resetInSeconds: 600 });
      if (outcome.kind !== 'limited') throw new Error(JSON.stringify(outcome));
      expect(outcome.retryAt.getTime() - from).to.be.within(598_000, 605_000);
      expect(copies()).to.equal(0);
    });

    it('is certain that nothing was sent when nobody is there', async () => {
      expect((await rehearsed.unreachable.publish(credential, request())).kind).to.equal('not-sent');
      expect((await rehearsed.unreachable.readBack(credential, { ...request(), sentAfter })).kind).to.equal(
        'failed',
      );
    });

    it('never shows a text twice for certain: a repetition is the same post, or not known', async () => {
      const first = accepted(await publish());
      const second = await publish();
      if (second.kind === 'accepted') expect(second.remoteId).to.equal(first.remoteId);
      else expect(second.kind).to.equal('unknown');
      expect(copies()).to.equal(1);
    });

    it('refuses for good what the network refuses', async () => {
      const long = { ...request(), text: 'a'.repeat(rehearsed.platform.capabilities.textLimit + 1) };
      expect(rehearsed.platform.countText(long.text).isWithin).to.equal(false);
      expect((await rehearsed.platform.publish(credential, long)).kind).to.equal('refused');
    });

    it('does not take a failed look for an absence', async () => {
      accepted(await publish());
      for (const kind of ['error', 'reset', 'html'] as const) {
        rehearsed.strike('read', { kind, moment: 'before' });
        expect((await readBack()).kind, kind).to.equal('failed');
        rehearsed.calm();
      }
    });

    it('withdraws a post, as often as it is asked', async () => {
      const { remoteId } = accepted(await publish());
      accepted(await rehearsed.platform.withdraw(credential, remoteId));
      expect(copies()).to.equal(0);
      accepted(await rehearsed.platform.withdraw(credential, remoteId));
    });

    it('does not know whether a withdrawal happened that was not answered, and may repeat it', async () => {
      const { remoteId } = accepted(await publish());
      rehearsed.strike('withdraw', { kind: 'reset', moment: 'after' });
      expect((await rehearsed.platform.withdraw(credential, remoteId)).kind).to.equal('unknown');
      rehearsed.calm();
      accepted(await rehearsed.platform.withdraw(credential, remoteId));
      expect(copies()).to.equal(0);
    });

    it('sends images in their order, with their alt texts, and finds the post by them', async function images_() {
      if (!rehearsed.platform.prepare) return this.skip();
      const wanted = await prepared({ ...request(), images });
      expect(shown(), 'preparing shows nothing').to.be.empty;
      const { remoteId } = accepted(await rehearsed.platform.publish(credential, wanted));
      const [post] = shown();
      expect(post?.media.map(({ altText }) => altText)).to.deep.equal(images.map(({ altText }) => altText));
      expect(post?.media.map(({ bytes }) => bytes)).to.deep.equal([png.length, png.length]);
      const found = await rehearsed.platform.readBack(credential, { ...wanted, sentAfter });
      expect(found).to.deep.include({ kind: 'found', remoteId, copies: 1 });
    });

    it('is never in doubt about an upload that failed, and may repeat it', async function repeated() {
      if (!rehearsed.platform.prepare) return this.skip();
      for (const kind of ['reset', 'error', 'html'] as const) {
        rehearsed.strike('upload', { kind, moment: 'after' });
        const outcome = await rehearsed.platform.prepare(credential, { ...request(), images });
        expect(outcome.kind, kind).to.equal('not-sent');
        rehearsed.calm();
      }
      accepted(await rehearsed.platform.publish(credential, await prepared({ ...request(), images })));
      expect(shown()[0]?.media).to.have.length(2);
    });

    it('continues a text of its own, and tells it from the same text elsewhere', async function threads() {
      const { capabilities, prepare } = rehearsed.platform;
      if (!capabilities.threads || !prepare) return this.skip();
      const { remoteId: root } = accepted(await publish());
      const part = { ...request(), deliveryKey: `part-${number}`, continues: { parent: root, root } };
      const lookForPart = async () =>
        rehearsed.platform.readBack(credential, { ...(await prepared(part)), sentAfter });
      expect(await lookForPart()).to.deep.equal({ kind: 'absent' });
      const { remoteId: second } = accepted(
        await rehearsed.platform.publish(credential, await prepared(part)),
      );
      expect(await lookForPart()).to.deep.include({ kind: 'found', remoteId: second, copies: 1 });
      const third = { ...part, text: `${number}: and where to call`, deliveryKey: `last-${number}` };
      const wanted = await prepared({ ...third, continues: { parent: second, root } });
      accepted(await rehearsed.platform.publish(credential, wanted));
      const [first, next] = shown();
      expect(next?.replyTo).to.equal(first?.id);
      expect(shown(third.text)[0]?.replyTo).to.equal(next?.id);
    });

    it('reads figures: whole numbers, or null for what the network does not give', async () => {
      const old = await rehearsed.publishInThePast(handle, request().text);
      const { remoteId: gone } = accepted(
        await rehearsed.platform.publish(credential, { ...request(), text: `${number}: gone soon` }),
      );
      await rehearsed.platform.withdraw(credential, gone);
      const outcome = await rehearsed.platform.measure(credential, [old, gone]);
      if (outcome.kind !== 'measured') throw new Error(JSON.stringify(outcome));
      expect([...outcome.byRemoteId.keys()]).to.deep.equal([old]);
      const { measures } = rehearsed.platform.capabilities;
      for (const [measure, value] of Object.entries(outcome.byRemoteId.get(old) ?? {})) {
        if ((measures as readonly string[]).includes(measure)) expect(value, measure).to.be.a('number');
        else expect(value, measure).to.equal(null);
      }
    });

    it('reads what people answered, but not what the account itself did', async () => {
      const { remoteId } = accepted(await publish());
      const old = await rehearsed.publishInThePast(handle, `${number}: has anybody heard from Lina?`);
      expect(await rehearsed.platform.replies(credential, remoteId, null)).to.have.property('kind', 'read');
      const outcome = await rehearsed.platform.replies(credential, old, null);
      if (outcome.kind !== 'read') throw new Error(JSON.stringify(outcome));
      expect(outcome.replies).to.not.be.empty;
      for (const reply of outcome.replies) {
        expect(reply.text).to.be.a('string').that.is.not.empty;
        expect(reply.createdAt).to.be.a('date');
        expect(reply.authorRemoteId).to.not.equal(credential.remoteId);
      }
    });

    it('never says a secret', async () => {
      const said: unknown[] = [
        await publishUnder({ kind: 'unauthorised' }),
        await publishUnder({ kind: 'error', moment: 'before' }),
        await rehearsed.platform.withdraw(credential, '1'),
        await rehearsed.unreachable.publish(credential, request()),
      ];
      const { remoteId: _, ...secrets } = credential;
      for (const secret of Object.values(secrets)) expect(JSON.stringify(said)).not.to.include(secret);
    });
  });
}
