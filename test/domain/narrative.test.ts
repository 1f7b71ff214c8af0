import { expect } from 'chai';
import { neutraliseAddresses } from '../../server/domain/narrative.ts';

describe('rule: a harmful narrative is never a clickable link', () => {
  const cases: [string, string, number][] = [
    [
      'Posted on https://example.org/page?x=1 and elsewhere',
      'Posted on example[.]org/page?x=1 and elsewhere',
      1,
    ],
    ['Channel t.me/somewhere, closed in May', 'Channel t[.]me/somewhere, closed in May', 1],
    ['http://a.example.org and www.example.net', 'a[.]example[.]org and www[.]example[.]net', 2],
    ['Forum at forum.example.com', 'Forum at forum[.]example[.]com', 1],
    ['onion: tor://abcdef.onion/x', 'onion: abcdef[.]onion/x', 1],
  ];
  for (const [given, neutral, rewritten] of cases) {
    it(`writes “${given}” so that it leads nowhere`, () => {
      expect(neutraliseAddresses(given)).to.deep.equal({ text: neutral, rewritten });
    });
  }

  it('leaves sentences, numbers and e-mail addresses alone', () => {
    const text = 'About 3.5 per cent, e.g. in forums. Then it moved. Ask someone@example.org about it.';
    expect(neutraliseAddresses(text)).to.deep.equal({ text, rewritten: 0 });
  });

  it('changes nothing the second time', () => {
    const once = neutraliseAddresses('See https://example.org/a').text;
    expect(neutraliseAddresses(once)).to.deep.equal({ text: once, rewritten: 0 });
  });
});
