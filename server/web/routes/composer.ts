import type { Request } from 'express';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { MessageContent, VariantImage } from '../../domain/message.ts';
import { NotFound } from '../../errors.ts';
import { readCampaign } from '../../queries/campaigns.ts';
import { composerChoices, proposedAltTexts, readDraft } from '../../queries/composer.ts';
import { draftChecks } from '../../queries/draft-checks.ts';
import { previewContent, previewForm } from '../forms/messages.ts';
import { typedValues } from '../forms/read-form.ts';
import { type ComposerRow, composerPage } from '../presenters/composer.ts';
import { idOf } from '../request.ts';

/** What the composer shows beside its form; what was typed counts before what is stored. */
export async function composerOf(context: Context, req: Request) {
  const stored = req.params.id ? await readDraft(idOf(req)) : null;
  const campaign = stored?.campaign ?? (await readCampaign(campaignOf(req))).campaign;
  const typed = req.method === 'POST' ? (typedValues(req.body) as TypedComposer) : null;
  const content = (await contentOf(typed)) ?? stored?.message ?? blankContent(campaign);
  return composerPage({
    stored,
    campaign,
    choices: await composerChoices(context, campaign),
    checked: await draftChecks(context, content),
    rows: rowsOf(typed?.variants ?? content.variants),
    sentVersion: typed?.version,
    speak: req.speak,
  });
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
    variants: content.variants.map(({ accounts, parts = [], ...variant }) => ({
      ...variant,
      parts: parts.map((text, index) => ({ number: index + 2, text })),
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

/** What the form says, as it could be checked. */
export async function contentTyped(typed: z.output<typeof previewForm>): Promise<MessageContent> {
  const chosen = typed.variants.flatMap(({ image }) => image ?? []);
  return previewContent(typed, await proposedAltTexts(chosen));
}

async function contentOf(typed: object | null): Promise<MessageContent | null> {
  const read = typed && previewForm.safeParse(typed);
  return read?.success ? contentTyped(read.data) : null;
}

interface TypedComposer {
  version?: string;
  variants?: { _id?: string; parts?: unknown; images?: unknown }[];
}

/** The rows that the form has; what was typed may be anything. */
function rowsOf(variants: NonNullable<TypedComposer['variants']>): ComposerRow[] {
  return variants.map(({ _id = '', parts, images }) => ({
    id: _id,
    parts: Array.isArray(parts) ? parts.length : 0,
    images: Array.isArray(images)
      ? images.map((image) => String((image as Partial<VariantImage>).asset))
      : [],
  }));
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
