import type { Account } from '../domain/account.ts';
import { Accounts } from '../models/account.ts';
import { Deliveries } from '../models/delivery.ts';
import { campaignTitles } from './campaign-titles.ts';

/** What a calendar can be filtered by. */
export async function calendarChoices() {
  const [accounts, campaigns, languages] = await Promise.all([
    Accounts.find().select('handle').sort({ handle: 1 }).lean<Pick<Account, '_id' | 'handle'>[]>(),
    campaignTitles(),
    Deliveries.distinct('language'),
  ]);
  return { accounts, campaigns, languages: languages.sort() };
}
