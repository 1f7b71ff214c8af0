import type { Request } from 'express';
import type { Context } from '../../context.ts';
import { type Answer, assertStartingPoint, originOf } from '../../domain/answer.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { MessageContent } from '../../domain/message.ts';
import { NotFound } from '../../errors.ts';
import { readAnswer } from '../../queries/answers.ts';
import { readCampaign } from '../../queries/campaigns.ts';
import { composerChoices, readDraft } from '../../queries/composer.ts';
import { draftChecks } from '../../queries/draft-checks.ts';
import { previewContent, previewForm } from '../forms/messages.ts';
import { typedValues } from '../forms/read-form.ts';
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
  const answer = stored ? null : await startingAnswer(req);
  const content = contentOf(typed) ?? stored?.message ?? blankContent(campaign, answer);
  return composerPage({
    stored,
    campaign,
    answer,
    choices: await composerChoices(context, campaign, content.narrative),
    checked: await draftChecks(context, content),
    variants: (typed?.variants ?? content.variants).map(({ _id = '' }) => _id),
    sentVersion: typed?.version,
    speak: req.speak,
  });
}

/** What the fields hold at first. */
export async function initialForm(req: Request): Promise<object> {
  const { id } = req.params;
  const answer = id ? null : await startingAnswer(req);
  const stored = id ? (await readDraft(idOf(req))).message : null;
  const content = stored ?? blankContent((await readCampaign(campaignOf(req))).campaign, answer);
  const { tags = [], sources = [] } = stored ?? { tags: answer?.tags ?? [] };
  const { isStaffed, ...call } = content.callToAction;
  return {
    ...content,
    tags: tags.join(', '),
    references: sources.flatMap(({ kind, text }) => (kind === 'reference' ? [text] : [])).join('\n'),
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

/** The answer that a new message is to begin from; null when none is named. Throws when it may not be used so. */
export async function startingAnswer(req: Request): Promise<Answer | null> {
  const sent = (req.body as { answer?: unknown } | undefined)?.answer ?? req.query.answer;
  if (typeof sent !== 'string' || sent === '') return null;
  const { answer } = await readAnswer(sent);
  assertStartingPoint(answer);
  return answer;
}

/** A new message begins with what the brief already says, and with the words of the answer it starts from. */
function blankContent(
  { segment, narratives, brief }: Pick<Campaign, 'segment' | 'narratives' | 'brief'>,
  answer: Answer | null,
): MessageContent {
  return {
    type: 'counter-narrative',
    narrative: answer?.narrative ?? narratives[0] ?? null,
    segment,
    messenger: null,
    tone: answer?.tone ?? null,
    strategies: answer?.strategies ?? [],
    origin: answer ? originOf(answer) : 'human',
    humanEditor: null,
    callToAction: {
      text: brief.callToAction,
      service: brief.service,
      isStaffed: brief.serviceIsStaffed || null,
    },
    variants: [
      { _id: '', network: 'x', language: answer?.language ?? 'en', text: answer?.text ?? '', accounts: [] },
    ],
  };
}
