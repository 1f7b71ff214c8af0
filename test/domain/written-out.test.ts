import { expect } from 'chai';
import fc from 'fast-check';
import type { MessageContent, Variant } from '../../server/domain/message.ts';
import { approvalSubject } from '../../server/domain/message.ts';
import { type FieldSources, faultsOf, sourcesOf, writtenOut } from '../../server/domain/written-out.ts';

const SOURCES: FieldSources = {
  organisation: { name: 'Come Home', contact: 'hello@comehome.example', funderLine: '' },
  campaign: { title: 'Three mothers', brief: { funder: 'Funded by the Example Foundation' } },
  accounts: [{ _id: 'a1', handle: 'comehome_eu', displayName: 'Come Home EU' }],
};

function message(text: string, fields: Partial<Variant> = {}): MessageContent {
  return {
    type: 'help-offer',
    narrative: null,
    segment: null,
    messenger: null,
    tone: null,
    strategies: [],
    origin: 'human',
    humanEditor: null,
    callToAction: { text: 'Call us', service: 'Family helpline', isStaffed: true },
    variants: [{ _id: 'v1', network: 'x', language: 'en', text, accounts: ['a1'], ...fields }],
  };
}

const first = ({ variants }: MessageContent) => variants[0] as Variant;

describe('A text with fields', () => {
  it('stands written out, with its template beside it', () => {
    const written = first(
      writtenOut(message('{{callToAction}}: {{service}}. {{funder}} {{handle}}'), SOURCES),
    );
    expect(written.text).to.equal('Call us: Family helpline. Funded by the Example Foundation @comehome_eu');
    expect(sourcesOf(written)).to.deep.equal(['{{callToAction}}: {{service}}. {{funder}} {{handle}}']);
    expect(faultsOf(written, message(''), SOURCES)).to.deep.equal([]);
  });

  it('fills in every part of a thread', () => {
    const written = first(writtenOut(message('One', { parts: ['{{account}}', 'Three'] }), SOURCES));
    expect(written.parts).to.deep.equal(['Come Home EU', 'Three']);
    expect(sourcesOf(written)).to.deep.equal(['One', '{{account}}', 'Three']);
  });

  it('keeps what was typed while a value is missing, and says which', () => {
    const written = first(writtenOut(message('{{service}} {{handle}}', { accounts: [] }), SOURCES));
    expect(written.text).to.equal('{{service}} {{handle}}');
    expect(faultsOf(written, message(''), SOURCES)).to.deep.equal([
      { rule: 'template-value-missing', values: { field: 'handle' } },
    ]);
  });

  it('says when a value has changed since', () => {
    const content = writtenOut(message('{{service}}'), SOURCES);
    const changed = { callToAction: { ...content.callToAction, service: 'Other line' } };
    expect(faultsOf(first(content), changed, SOURCES)).to.deep.equal([
      { rule: 'template-outdated', values: {} },
    ]);
  });

  it('loses its template with its last field', () => {
    const written = first(writtenOut(message('Plain', { templates: ['{{service}}'] }), SOURCES));
    expect(written).not.to.have.property('templates');
  });

  it('says the shared text of its language where it has none of its own', () => {
    const content = {
      ...message(' '),
      sharedTexts: [
        { language: 'fr', text: 'Appelez {{service}}.' },
        { language: 'en', text: 'Call {{service}}.' },
      ],
    };
    const written = first(writtenOut(content, SOURCES));
    expect(written).to.include({ text: 'Call Family helpline.', isShared: true });
    expect(sourcesOf(written)).to.deep.equal(['']);
    const own = writtenOut({ ...content, variants: [{ ...written, text: 'My own.' }] }, SOURCES);
    expect(first(own)).to.include({ text: 'My own.' }).and.not.to.have.property('isShared');
  });

  it('is approved as the text that people will read, whatever template made it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (words) => {
        fc.pre(!words.includes('{{') && !words.endsWith('{') && !words.endsWith('\\'));
        const templated = writtenOut(message(`${words}{{service}}`), SOURCES);
        const plain = message(`${words}Family helpline`);
        expect(approvalSubject(templated)).to.equal(approvalSubject(plain));
      }),
    );
  });
});
