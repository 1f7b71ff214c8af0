import { Campaigns } from '../models/campaign.ts';
import { Members } from '../models/member.ts';

/** Whether fictional people or campaigns of a demo world are here. */
export async function hasDemoWorld(): Promise<boolean> {
  const found = await Promise.all([Members.exists({ isDemo: true }), Campaigns.exists({ isDemo: true })]);
  return found.some((one) => one !== null);
}
