import type { Request } from 'express';
import type { z } from 'zod';
import type { Context } from '../../context.ts';
import { type Answer, assertStartingPoint, originOf } from '../../domain/answer.ts';
import type { Campaign } from '../../domain/campaign.ts';
import type { MessageContent, Variant, VariantImage } from '../../domain/message.ts';
import { isNetwork } from '../../domain/network.ts';
import { sourcesOf } from '../../domain/written-out.ts';
import { NotFound } from '../../errors.ts';
import { readAnswer } from '../../queries/answers.ts';
import { messageComments } from '../../queries/comments.ts';
import { composedCampaign, composerChoices, proposedAltTexts, readDraft } from '../../queries/composer.ts';
import { draftChecks } from '../../queries/draft-checks.ts';
import { filledIn } from '../../queries/filled-in.ts';
import { type ComposedThing, unsavedDraft } from '../../queries/unsaved-draft.ts';
import { previewContent, previewForm } from '../forms/messages.ts';
import { typedValues } from '../forms/read-form.ts';
import { paths } from '../paths.ts';
import { commentsView } from '../presenters/comments.ts';
import { type ComposerRow, composerPage } from '../presenters/composer.ts';
import { currentMember, idOf } from '../request.ts';

/** What the composer shows beside its form; what was typed counts before what is stored. */
export async function composerOf(context: Context, req: Request) {
  const stored = req.params.id ? await readDraft(idOf(req)) : null;
  const campaign = stored?.campaign ?? (await campaignOfComposer(req));
  const answer = stored ? null : await startingAnswer(req);
  const about = composedThing(req);
  const unsaved = req.method === 'GET' ? await unsavedDraft(currentMember(req)._id, about) : null;
  const typed = (
    req.method === 'POST' ? typedValues(req.body) : isContinued(req) ? (unsaved?.fields ?? null) : null
  ) as TypedComposer | null;
  const typedContent = await contentOf(typed);
  const content = typedContent
    ? await filledIn(context, typedContent, campaign)
    : (stored?.message ?? blankContent(campaign, answer));
  const page = composerPage({
    stored,
    answer,
    campaign,
    choices: await composerChoices(context, campaign, content.narrative),
    checked: await draftChecks(context, content, { campaign, message: stored?.message._id ?? null }),
    rows: rowsOf(Array.isArray(typed?.variants) ? typed.variants : content.variants),
    shared: sharedRows(typedContent ?? content),
    sentVersion: typed?.version,
    unsaved: unsaved && !isContinued(req) ? unsaved : null,
    speak: req.speak,
  });
  const said = stored && (await messageComments(stored.message._id));
  return { ...page, comments: said && commentsView(said, { place: 'composer', speak: req.speak }) };
}

/** What the fields hold at first. */
export async function initialForm(req: Request): Promise<object> {
  const kept = isContinued(req) && (await unsavedDraft(currentMember(req)._id, composedThing(req)));
  if (kept) return kept.fields;
  const { id } = req.params;
  const answer = id ? null : await startingAnswer(req);
  const stored = id ? (await readDraft(idOf(req))).message : null;
  const content = stored ?? blankContent(await campaignOfComposer(req), answer);
  const { tags = [], sources = [] } = stored ?? { tags: answer?.tags ?? [] };
  const { isStaffed, ...call } = content.callToAction;
  return {
    ...content,
    tags: tags.join(', '),
    references: sources.flatMap(({ kind, text }) => (kind === 'reference' ? [text] : [])).join('\n'),
    callToAction: { ...call, isStaffed: isStaffed === null ? '' : isStaffed ? 'yes' : 'no' },
    variants: content.variants.map(formVariant),
    sharedTexts: sharedRows(content).map(({ language, text }) => ({ language, text })),
    more: { network: 'x', language: '' },
  };
}

/**
 * One row for each language that the message speaks, and for each that still has a shared text. Folded away while
 * there is only one text that could take it.
 */
function sharedRows({ variants, sharedTexts = [] }: Pick<MessageContent, 'variants' | 'sharedTexts'>) {
  const languages = [...sharedTexts, ...variants].map(({ language }) => language);
  return [...new Set(languages)].map((language) => {
    const text = sharedTexts.find((shared) => shared.language === language)?.text ?? '';
    const takers = variants.filter((variant) => variant.language === language);
    return { language, text, isOpen: text !== '' || takers.length > 1 };
  });
}

/** Texts are edited as they were written, with their fields. */
function formVariant(stored: Variant) {
  const { accounts, templates: _templates, isShared: _isShared, ...variant } = stored;
  const [text, ...parts] = sourcesOf(stored);
  const rows = parts.map((part, index) => ({ number: index + 2, text: part }));
  return { ...variant, arm: stored.arm ?? '', text, parts: rows, account: accounts[0] ?? '' };
}

/** Somebody goes on with what they typed earlier and did not save. */
function isContinued(req: Request): boolean {
  return req.query.unsaved === 'continued';
}

/** The message that is being written, or the campaign of a new one. */
export function composedThing(req: Request): ComposedThing {
  return req.params.id ? { message: idOf(req) } : { campaign: campaignOf(req) };
}

/** Where it is written: as it was saved last, or with what was typed since. */
export function composerPath(about: ComposedThing, { isContinued = false } = {}): string {
  const query = new URLSearchParams('campaign' in about ? { campaign: about.campaign } : {});
  if (isContinued) query.set('unsaved', 'continued');
  const path = 'message' in about ? paths.messageEdit(about.message) : paths.newMessage;
  return query.size > 0 ? `${path}?${query}` : path;
}

/** The campaign of what is being written. */
export function campaignOfComposer(req: Request): Promise<Campaign> {
  return composedCampaign(composedThing(req));
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

interface ComposerVariant {
  _id?: string;
  language?: unknown;
  arm?: unknown;
  network?: unknown;
  parts?: unknown;
  images?: unknown;
}

interface TypedComposer {
  version?: string;
  variants?: ComposerVariant[] | string;
}

/** The rows that the form has; what was typed may be anything. */
function rowsOf(variants: readonly ComposerVariant[]): ComposerRow[] {
  return variants.map(({ _id = '', network, language, arm, parts, images }, index) => ({
    id: _id,
    isArm:
      Boolean(arm) ||
      variants.some(
        (other, place) => place !== index && other.network === network && other.language === language,
      ),
    network: isNetwork(network) ? network : 'x',
    parts: Array.isArray(parts) ? parts.length : 0,
    images: Array.isArray(images)
      ? images.map((image) => String((image as Partial<VariantImage>).asset))
      : [],
  }));
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
