import { expect } from 'chai';
import { indexLibrary } from '../../server/actions/index-library.ts';
import type { Message } from '../../server/domain/message.ts';
import { Answers } from '../../server/models/answer.ts';
import { Assets } from '../../server/models/asset.ts';
import type { Versioned } from '../../server/models/document.ts';
import { DERIVATION } from '../../server/models/findable.ts';
import { Messages } from '../../server/models/message.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { NearDuplicates } from '../../server/models/near-duplicate.ts';
import { SearchWords } from '../../server/models/search-word.ts';
import { listAssets } from '../../server/queries/assets.ts';
import { listMessages } from '../../server/queries/messages.ts';
import { listNarratives } from '../../server/queries/narratives.ts';
import { aMessage, aMessenger, aNarrative, anAnswer, anAsset, aSegment } from '../support/builders.ts';
import { useDatabase } from '../support/database.ts';
import { fillShelf } from '../support/library-shelf.ts';

const run = () => indexLibrary(new AbortController().signal);
const asked = { q: '', tag: '', page: 1 };
const messagesOf = (q: string) =>
  listMessages({
    ...asked,
    ...{ q, campaign: null, state: null, type: null, network: null, language: null },
    ...{ strategy: null, tone: null, narrative: null },
  });

describe('Indexing the library', () => {
  useDatabase();

  it('makes findable what was written before there was a search, and changes nothing else', async () => {
    const made = [await aNarrative(), await aSegment(), await aMessenger(), await aMessage()];
    const image = await anAsset({ altText: 'A lantern' });
    const before = await Messages.findById(made[3]?._id).lean<Versioned<Message>>();
    for (const model of [Narratives, Messages, Assets]) {
      await model.collection.updateMany(
        {},
        { $unset: { terms: 1, bands: 1, indexed: 1, tags: 1, sources: 1 } },
      );
    }
    await SearchWords.deleteMany({});
    expect((await messagesOf('mothers')).total).to.equal(0);

    await run();

    expect((await messagesOf('mothers holid')).total).to.equal(1);
    const filter = { ...asked, q: 'proud', appeal: null, severity: null, target: '' };
    expect((await listNarratives(filter)).total).to.equal(1);
    expect((await listAssets({ q: 'lantern', page: 1 })).total).to.equal(1);
    const kept = await Assets.findById(image._id);
    expect(kept?.bytes.length, 'its bytes stay').to.equal(image.size);
    const after = await Messages.findById(made[3]?._id).lean<Versioned<Message>>();
    expect(after).to.deep.include({
      version: before?.version,
      updatedAt: before?.updatedAt,
      contentHash: before?.contentHash,
    });
  });

  it('goes over everything in batches, once, and finds the near-duplicates of an import', async () => {
    await fillShelf({ answers: 250 });
    const text = 'Three mothers ask one question: who told our children that it was a holiday?';
    await anAnswer({ text, source: { collection: 'One', key: '1', knowledge: '' } });
    await anAnswer({ text: `${text}!`, source: { collection: 'Two', key: '2', knowledge: '' } });
    expect(await Answers.countDocuments({ indexed: DERIVATION })).to.equal(0);

    await run();

    expect(await Answers.countDocuments({ indexed: DERIVATION })).to.equal(252);
    const alike = await NearDuplicates.find({ similarity: 1 }).lean();
    expect(alike.length).to.equal(1);
    const pairs = await NearDuplicates.countDocuments();
    await run();
    expect(await NearDuplicates.countDocuments()).to.equal(pairs);
  });

  it('stops when it is told to and goes on where it was', async () => {
    await fillShelf({ answers: 20 });
    const stopped = new AbortController();
    stopped.abort();
    await indexLibrary(stopped.signal);
    expect(await Answers.countDocuments({ indexed: DERIVATION })).to.equal(0);
    await run();
    expect(await Answers.countDocuments({ indexed: DERIVATION })).to.equal(20);
  });

  it('looks again at a text that changed', async () => {
    const { _id } = await anAnswer();
    await run();
    const answer = await Answers.findById(_id);
    answer?.set({ tags: ['family'] });
    await answer?.save();
    expect((await Answers.findById(_id).lean())?.indexed).to.equal(DERIVATION);
    answer?.set({ text: 'Something else altogether' });
    await answer?.save();
    expect((await Answers.findById(_id).lean())?.indexed).to.equal(0);
  });
});
