import { expect } from 'chai';
import { assertCallsForSupport, assertMayCode, callsForSomebody } from '../../server/domain/reply-coding.ts';

describe('reply coding', () => {
  it('lets anybody code what is open and correct what they coded themselves', () => {
    expect(() => assertMayCode({ text: 'Why?', code: null, coder: null }, 'me')).not.to.throw();
    expect(() => assertMayCode({ text: 'Why?', code: 'neutral', coder: 'me' }, 'me')).not.to.throw();
  });

  it("refuses to overwrite another's code and to code a text that is gone", () => {
    expect(() => assertMayCode({ text: 'Why?', code: 'neutral', coder: 'her' }, 'me')).to.throw(
      /Somebody else/,
    );
    expect(() => assertMayCode({ text: null, code: null, coder: null }, 'me')).to.throw(/deleted/);
  });

  it('calls for somebody after the last three codes and for support after two', () => {
    expect(callsForSomebody('hateful-illegal')).to.equal(true);
    expect(callsForSomebody('antagonistic')).to.equal(false);
    expect(() => assertCallsForSupport({ code: 'help-seeking' })).not.to.throw();
    expect(() => assertCallsForSupport({ code: 'hateful-illegal' })).to.throw(/support/);
    expect(() => assertCallsForSupport({ code: null })).to.throw(/support/);
  });
});
