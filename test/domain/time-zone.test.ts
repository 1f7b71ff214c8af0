import { expect } from 'chai';
import { currentZoneName } from '../../server/domain/time-zone.ts';

const firstName = (timeZone: string) =>
  new Intl.DateTimeFormat('en', { timeZone }).resolvedOptions().timeZone;

describe('The name of a time zone', () => {
  it('is the one that it goes by today', () => {
    expect(
      ['Asia/Calcutta', 'Europe/Kiev', 'Asia/Katmandu', 'Europe/Brussels', 'UTC'].map(currentZoneName),
    ).to.deep.equal(['Asia/Kolkata', 'Europe/Kyiv', 'Asia/Kathmandu', 'Europe/Brussels', 'UTC']);
  });

  it('stays the name of the same zone, for every zone that this machine knows', () => {
    for (const zone of Intl.supportedValuesOf('timeZone'))
      expect(firstName(currentZoneName(zone)), zone).to.equal(firstName(zone));
  });
});
