import { expect } from 'chai';
import {
  answerIdentity,
  assertStandingExplained,
  assertStartingPoint,
  originOf,
} from '../../server/domain/answer.ts';
import {
  approvalSubject,
  type Message,
  type MessageContent,
  messageTerms,
} from '../../server/domain/message.ts';

describe('An answer', () => {
  it('begins no message once it is refused (glossary: hostile and shaming are refused)', () => {
    expect(() => assertStartingPoint({ standing: 'usable' })).not.to.throw();
    expect(() => assertStartingPoint({ standing: 'refused' })).to.throw('Begin from another one');
  });

  it('is not refused without saying why', () => {
    expect(() => assertStandingExplained({ standing: 'refused', refusal: null })).to.throw('Say why');
    expect(() => assertStandingExplained({ standing: 'refused', refusal: 'shaming' })).not.to.throw();
  });

  it('hands on where its text comes from (rule 4)', () => {
    expect(originOf({ tags: [] })).to.equal('human');
    expect(originOf({ tags: ['information-origin:AI-generated'] })).to.equal('ai-assisted');
    expect(originOf({ tags: ['information-origin:uncertain'] })).to.equal('uncertain');
  });

  it('is the same entry by its key, or by its words to the same claim', () => {
    const one = {
      text: 'Come home!',
      language: 'en',
      narrative: 'n',
      source: { collection: 'Ours', key: '' },
    };
    expect(answerIdentity(one)).to.equal(answerIdentity({ ...one, text: 'come   HOME' }));
    expect(answerIdentity(one)).not.to.equal(answerIdentity({ ...one, narrative: 'm' }));
    const keyed = { ...one, source: { collection: 'Ours', key: '7' } };
    expect(answerIdentity(keyed)).to.equal(answerIdentity({ ...keyed, text: 'other words' }));
  });
});

describe('The sources and tags of a message', () => {
  const message: Pick<Message, 'title' | 'variants' | 'callToAction' | 'sources' | 'tags'> = {
    title: 'Three mothers',
    variants: [
      {
        ...{ _id: 'v', network: 'x', language: 'fr', text: 'Rappelle ta mère', accounts: [] },
        parts: ['Elle attend'],
        images: [{ asset: 'a', sha256: 'b', altText: 'A kitchen table' }],
      },
    ],
    callToAction: { text: 'Call us', service: 'Family helpline', isStaffed: true },
    sources: [{ kind: 'reference', answer: null, text: 'Survey of 2014' }],
    tags: ['C00211'],
  };

  it('are no part of what an approval is bound to, so that earlier approvals hold', () => {
    const content: MessageContent = {
      ...{ type: 'counter-narrative', narrative: null, segment: null, messenger: null, tone: null },
      strategies: [],
      ...{ origin: 'human', humanEditor: null },
      callToAction: message.callToAction,
      variants: message.variants,
    };
    const withSources = { ...content, sources: message.sources, tags: message.tags };
    expect(approvalSubject(withSources)).to.equal(approvalSubject(content));
  });

  it('are among the words it is found by, beside every text a reader sees', () => {
    expect(messageTerms(message)).to.include.members(['rappelle', 'attend', 'kitchen', 'survey', 'c00211']);
  });
});
