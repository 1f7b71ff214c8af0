import { expect } from 'chai';
import type { Attempt, Delivery } from '../../server/domain/delivery.ts';
import { Deliveries } from '../../server/models/delivery.ts';
import { aMember } from '../support/builders.ts';
import { aPublishedDelivery } from '../support/builders-evaluation.ts';
import { useDatabase } from '../support/database.ts';
import { htmlProblems, openWeb, signedIn } from '../support/web.ts';

const tried = (number: number, fields: Partial<Attempt> = {}): Attempt => ({
  number,
  kind: 'publication',
  fencingToken: number,
  incarnation: 'test',
  startedAt: new Date(Date.UTC(2014, 9, 14, 9, number)),
  endedAt: new Date(Date.UTC(2014, 9, 14, 9, number)),
  outcome: 'accepted',
  detail: '',
  ...fields,
});

describe('GET /deliveries/:id', () => {
  useDatabase();
  const web = openWeb();

  async function page(fields: Partial<Delivery>): Promise<string> {
    const { _id } = await aPublishedDelivery();
    await Deliveries.updateOne({ _id }, { $set: { remoteUrl: 'http://127.0.0.1/x/1', ...fields } });
    const shown = await (await signedIn(web, await aMember('scheduler'))).get(`/deliveries/${_id}`);
    expect(shown.status).to.equal(200);
    expect(await htmlProblems(shown.text)).to.deep.equal([]);
    return shown.text;
  }

  it('says that it is out, and asks for a look only where something needs one', async () => {
    expect(await page({ state: 'published', problem: '' }))
      .to.include('<p>It is out.</p>')
      .and.not.include('needs a look');
    expect(await page({ state: 'published', problem: 'Not withdrawn: it is busy.' }))
      .to.include('It is out, but this needs a look:')
      .and.include('Not withdrawn: it is busy.');
  });

  it('leads nowhere after a withdrawal, says what became of it, and numbers withdrawals by themselves', async () => {
    const attempts = [
      tried(1, { outcome: 'limited' }),
      tried(2),
      tried(3, { kind: 'withdrawal', outcome: 'limited' }),
      tried(4, { kind: 'withdrawal' }),
    ];
    const withdrawn = await page({ state: 'withdrawn', attempts });
    expect(withdrawn).to.include('It was out, and has been deleted on the network.');
    expect(withdrawn).to.not.include('See it on the network').and.not.include('http://127.0.0.1/x/1');
    for (const line of [
      'Try 2: accepted by the network',
      'Withdrawal: a limit was reached',
      'Withdrawal, try 2: accepted by the network',
    ]) {
      expect(withdrawn).to.include(line);
    }
  });
});
