import type { Request } from 'express';
import type { Context } from '../../context.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { MessageContent } from '../../domain/message.ts';
import { NotFound } from '../../errors.ts';
import { readCampaign } from '../../queries/campaigns.ts';
import { messageComments } from '../../queries/comments.ts';
import { composerChoices, readDraft } from '../../queries/composer.ts';
import { draftChecks } from '../../queries/draft-checks.ts';
import { previewContent, previewForm } from '../forms/messages.ts';
import { typedValues } from '../forms/read-form.ts';
import { commentsView } from '../presenters/comments.ts';
import { composerPage } from '../presenters/messages.ts';
import { idOf } from '../request.ts';

/** What the composer shows beside its form; what was typed counts before what is stored. */
export async function composerOf(context: Context, req: Request) {
  const stored = req.params.id ? await readDraft(idOf(req)) : null;
  const campaign = stored?.campaign ?? (await readCampaign(campaignOf(req))).campaign;
  const typed =
    req.method === 'POST'
      ? (typedValues(req.body) as { version?: string; variants?: { _id?: string }[] })
      : null;
  const content = contentOf(typed) ?? stored?.message ?? blankContent(campaign);
  const page = composerPage({
    stored,
    campaign,
    choices: await composerChoices(context, campaign),
    checked: await draftChecks(context, content),
    variants: (typed?.variants ?? content.variants).map(({ _id = '' }) => _id),
    sentVersion: typed?.version,
    speak: req.speak,
  });
  const said = stored && (await messageComments(stored.message._id));
  return { ...page, comments: said && commentsView(said, { place: 'composer', speak: req.speak }) };
}

/** What the fields hold at first. */
export async function initialForm(req: Request): Promise<object> {
  const { id } = req.params;
  const content = id
    ? (await readDraft(idOf(req))).message
    : blankContent((await readCampaign(campaignOf(req))).campaign);
  const { isStaffed, ...call } = content.callToAction;
  return {
    ...content,
    callToAction: { ...call, isStaffed: isStaffed === null ? '' : isStaffed ? 'yes' : 'no' },
    variants: content.variants.map(({ accounts, ...variant }) => ({
      ...variant,
      account: accounts[0] ?? '',
    })),
    more: { network: 'x', language: '' },
  };
}

function campaignOf(req: Request): string {
  const sent = (req.body as { campaign?: unknown } | undefined)?.campaign ?? req.query.campaign;
  if (typeof sent !== 'string') throw new NotFound('A message belongs to a campaign.');
  return sent;
}

function contentOf(typed: object | null): MessageContent | null {
  const read = typed && previewForm.safeParse(typed);
  return read?.success ? previewContent(read.data) : null;
}

/** A new message begins with what the brief already says. */
function blankContent({
  segment,
  narratives,
  brief,
}: Pick<Campaign, 'segment' | 'narratives' | 'brief'>): MessageContent {
  return {
    type: 'counter-narrative',
    narrative: narratives[0] ?? null,
    segment,
    messenger: null,
    tone: null,
    strategies: [],
    origin: 'human',
    humanEditor: null,
    callToAction: {
      text: brief.callToAction,
      service: brief.service,
      isStaffed: brief.serviceIsStaffed || null,
    },
    variants: [{ _id: '', network: 'x', language: 'en', text: '', accounts: [] }],
  };
}
