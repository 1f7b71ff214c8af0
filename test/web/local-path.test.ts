import { expect } from 'chai';
import { localPath } from '../../server/web/local-path.ts';

describe('The address that a link leads back to', () => {
  it('is one of this site', () => {
    expect(localPath('/calendar?view=list')).to.equal('/calendar?view=list');
  });

  for (const elsewhere of [
    '//evil.example',
    '/.//evil.example',
    '/a/..//evil.example',
    'https://evil.example',
    '/\\evil.example',
  ]) {
    it(`is Today instead of ${elsewhere}`, () => {
      expect(localPath(elsewhere)).to.equal('/');
    });
  }
});
