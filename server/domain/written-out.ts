import type { Account } from './account.ts';
import { textsOf } from './delivery.ts';
import type { MessageContent, Variant } from './message.ts';
import { renderTemplate, type TemplateFault, type TemplateValues } from './template.ts';

/** Where the values of fields come from. */
export interface FieldSources {
  organisation: { name: string; contact: string; funderLine: string } | null;
  campaign: { title: string; brief: { funder: string } };
  accounts: readonly Pick<Account, '_id' | 'handle' | 'displayName'>[];
}

type Called = Pick<MessageContent, 'callToAction' | 'sharedTexts'>;

/** What the fields of one variant stand for. Those of the account need exactly one account. */
function fieldValues(
  variant: Pick<Variant, 'accounts'>,
  { callToAction }: Called,
  { organisation, campaign, accounts }: FieldSources,
): TemplateValues {
  const [account] =
    variant.accounts.length === 1 ? accounts.filter(({ _id }) => _id === variant.accounts[0]) : [];
  return {
    organisation: organisation?.name ?? '',
    contact: organisation?.contact ?? '',
    funder: organisation?.funderLine || campaign.brief.funder,
    campaign: campaign.title,
    callToAction: callToAction.text,
    service: callToAction.service,
    account: account?.displayName ?? '',
    handle: account ? `@${account.handle}` : '',
  };
}

/** Every text of its own as it was written: templates where there are any, nothing where it takes the shared text. */
export function sourcesOf(variant: Pick<Variant, 'text' | 'parts' | 'templates' | 'isShared'>): string[] {
  const { templates = [], isShared } = variant;
  const [first = '', ...parts] = templates.length > 0 ? templates : textsOf(variant);
  return [isShared ? '' : first, ...parts];
}

/**
 * The content with shared texts where variants have none of their own, the fields of all texts filled in, and the
 * templates kept beside them. This is the only place
 * where a template becomes a text: what is previewed, approved, frozen and published is what stands here. A text
 * that cannot be filled in stays as it was typed, and faultsOf says why.
 */
export function writtenOut<Content extends Called & { variants: readonly Omit<Variant, '_id'>[] }>(
  content: Content,
  sources: FieldSources,
): Content {
  return { ...content, variants: content.variants.map((variant) => writeOut(variant, content, sources)) };
}

type Written = Omit<Variant, '_id'>;

function writeOut<Given extends Omit<Variant, '_id'>>(
  variant: Given,
  content: Called,
  sources: FieldSources,
): Given {
  const { templates: _templates, isShared: _isShared, ...own }: Written = variant;
  const shared = own.text.trim() === '' ? sharedTextFor(own, content) : '';
  const rest: Written = shared ? { ...own, text: shared, isShared: true } : own;
  const written = textsOf(rest);
  if (!written.some((text) => text.includes('{{'))) return rest as Given;
  const values = fieldValues(variant, content, sources);
  const [text = '', ...parts] = written.map((source) => {
    const rendered = renderTemplate(source, values);
    return 'text' in rendered ? rendered.text : source;
  });
  return { ...(rest as Given), text, ...(variant.parts ? { parts } : {}), templates: written };
}

function sharedTextFor({ language }: Pick<Variant, 'language'>, { sharedTexts = [] }: Called): string {
  return sharedTexts.find((shared) => shared.language === language)?.text.trim() ?? '';
}

/** What keeps the templates of a variant from becoming texts; empty when they have become what stands there. */
export function faultsOf(variant: Variant, content: Called, sources: FieldSources): TemplateFault[] {
  if (!variant.templates?.length) return [];
  const values = fieldValues(variant, content, sources);
  const texts = textsOf(variant);
  return variant.templates.flatMap((source, index): TemplateFault[] => {
    const rendered = renderTemplate(source, values);
    if ('faults' in rendered) return rendered.faults;
    return rendered.text === texts[index] ? [] : [{ rule: 'template-outdated', values: {} }];
  });
}
