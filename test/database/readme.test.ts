import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { describeSubset } from '../../server/database/embedded/describe-subset.ts';

describe('The README of the embedded database', () => {
  it('says what the code supports; `npm run database:readme` writes it anew', () => {
    const file = new URL('../../server/database/embedded/README.md', import.meta.url);
    expect(readFileSync(file, 'utf8')).to.equal(describeSubset());
  });
});
