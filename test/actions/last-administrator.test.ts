import { expect } from 'chai';
import { changeRoles } from '../../server/actions/change-roles.ts';
import { disableMember } from '../../server/actions/disable-member.ts';
import { Members } from '../../server/models/member.ts';
import { aMember } from '../support/builders.ts';
import { testContext } from '../support/context.ts';
import { useDatabase } from '../support/database.ts';

describe('The last administrator', () => {
  useDatabase();

  it('remains when two take the role from each other in the same moment', async () => {
    const context = testContext();
    const [one, other] = [await aMember('administrator'), await aMember('administrator')];
    const outcomes = await Promise.allSettled([
      changeRoles(context, one, { member: other._id, roles: ['drafter'] }),
      disableMember(context, other, { member: one._id }),
    ]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).to.have.length(1);
    expect(await Members.countDocuments({ roles: 'administrator', disabledAt: null })).to.equal(1);
  });
});
