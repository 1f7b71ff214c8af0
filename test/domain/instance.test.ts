import { expect } from 'chai';
import { assertListed, instanceOf } from '../../server/domain/instance.ts';

describe('The server of an account, as a person names it', () => {
  for (const typed of [
    'social.example',
    ' Social.Example. ',
    'https://social.example/about',
    'https://social.example:443',
    '@comehome@social.example',
    'comehome@social.example',
  ]) {
    it(`is understood: ${typed}`, () => expect(instanceOf(typed)).to.equal('social.example'));
  }

  it('may be written in any script', () => {
    expect(instanceOf('https://مثال.example')).to.equal('xn--mgbh0fb.example');
  });

  for (const typed of [
    '',
    'localhost',
    'social',
    'http://social.example',
    'https://social.example:8443',
    'https://me:secret@social.example',
    'https://me@social.example/',
    '127.0.0.1',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://[::1]/',
    '[fd00::1]',
    'ftp://social.example',
    'javascript:alert(1)',
    'https://-.example',
    'a'.repeat(260),
    `${'a.'.repeat(130)}example`,
    'social.example evil',
    '169.254.169.254',
    '@comehome@169.254.169.254',
  ]) {
    it(`is refused: ${typed.slice(0, 40)}`, () =>
      expect(() => instanceOf(typed))
        .to.throw()
        .with.property('rule', 'instance-invalid'));
  }

  it('is one that an administrator has listed', () => {
    assertListed('social.example', ['other.example', 'social.example']);
    expect(() => assertListed('evil.example', ['social.example']))
      .to.throw()
      .with.property('rule', 'instance-not-listed');
    expect(() => assertListed('sub.social.example', ['social.example'])).to.throw();
    expect(() => assertListed('social.example', [])).to.throw();
  });
});
