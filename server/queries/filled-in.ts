import type { Context } from '../context.ts';
import type { Campaign } from '../domain/campaign.ts';
import type { MessageContent } from '../domain/message.ts';
import { writtenOut } from '../domain/written-out.ts';
import { draftFacts } from '../models/draft-facts.ts';
import { fieldSources } from '../models/field-sources.ts';

/** What somebody is typing, with its fields filled in as saving would fill them in. */
export async function filledIn(
  { config }: Pick<Context, 'config'>,
  content: MessageContent,
  campaign: Pick<Campaign, 'title' | 'brief'>,
): Promise<MessageContent> {
  const { accounts } = await draftFacts(content, config);
  return writtenOut(content, await fieldSources(campaign, accounts));
}
