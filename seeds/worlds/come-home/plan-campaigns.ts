import { createCampaign } from '../../../server/actions/create-campaign.ts';
import { startCampaign } from '../../../server/actions/start-campaign.ts';
import { updateBrief } from '../../../server/actions/update-brief.ts';
import type { Context } from '../../../server/context.ts';
import { Campaigns } from '../../../server/models/campaign.ts';
import type { Cast } from '../../load-cast.ts';
import { CAMPAIGNS, type DemoCampaign } from './campaigns.ts';
import type { Library } from './fill-library.ts';

const DAY = 24 * 60 * 60_000;

/** Writes the briefs and starts the campaigns. Returns their ids by key. */
export async function planCampaigns(
  context: Context,
  { drafter }: Cast,
  { library, now }: { library: Library; now: Date },
): Promise<ReadonlyMap<string, string>> {
  const ids = new Map<string, string>();
  const inDays = (days: number) =>
    new Date(`${new Date(now.getTime() + days * DAY).toISOString().slice(0, 10)}T00:00:00Z`);
  for (const plan of CAMPAIGNS) {
    const period = { startsOn: inDays(plan.startsInDays), endsOn: inDays(plan.endsInDays) };
    const { _id } = await createCampaign(context, drafter, { title: plan.title, ...period, isDemo: true });
    await updateBrief(context, drafter, {
      campaign: _id,
      version: await versionOf(_id),
      title: plan.title,
      ...period,
      segment: library.segments[plan.segment],
      narratives: plan.narratives.map((key) => library.narratives[key]),
      brief: briefOf(plan, inDays),
    });
    await startCampaign(context, drafter, { campaign: _id });
    ids.set(plan.key, _id);
  }
  return ids;
}

function briefOf({ brief }: DemoCampaign, inDays: (days: number) => Date) {
  const objectives = brief.objectives.map(({ dueInDays, ...objective }) => ({
    ...objective,
    dueOn: inDays(dueInDays),
  }));
  return { ...brief, objectives };
}

async function versionOf(campaign: string): Promise<number> {
  const found = await Campaigns.findById(campaign).select('version').lean<{ version: number }>();
  return found?.version ?? 0;
}
