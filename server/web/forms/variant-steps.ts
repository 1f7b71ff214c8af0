import type { VariantInput } from '../../actions/draft-message.ts';
import { nextArm } from '../../domain/arm.ts';
import type { SharedText } from '../../domain/message.ts';
import type { Network } from '../../domain/network.ts';
import { fieldId } from '../view-helpers/fields.ts';

const NAMES = [
  'save',
  'add',
  'remove',
  'add-arm',
  'add-part',
  'remove-part',
  'raise-part',
  'lower-part',
  'remove-image',
  'raise-image',
  'lower-image',
  'upload-image',
  'translated',
] as const;

/** Which button of the composer was pressed, and beside what: `raise-part-2-0` is the first part of the third text. */
export interface VariantStep {
  name: (typeof NAMES)[number];
  /** Number of the variant, from 0. */
  variant: number;
  /** Number of the part or image, from 0. */
  item: number;
}

/** Reads the name of a button; one that no page has counts as saving. */
export function readStep(pressed: string): VariantStep {
  const [, name = '', variant = '', item = ''] = /^([a-z-]+?)(?:-(\d+))?(?:-(\d+))?$/.exec(pressed) ?? [];
  return {
    name: NAMES.find((known) => known === name) ?? 'save',
    variant: Number.parseInt(variant, 10),
    item: Number.parseInt(item, 10),
  };
}

/** The variants with what the pressed button asks for; a step beside something that is not there changes nothing. */
export function stepped(
  variants: readonly VariantInput[],
  step: VariantStep,
  around: { more: { network: Network; language: string }; sharedTexts: readonly SharedText[] },
): VariantInput[] {
  if (step.name === 'add') return [...variants, { _id: null, ...around.more, text: '', accounts: [] }];
  if (step.name === 'remove') return variants.filter((_, index) => index !== step.variant);
  if (step.name === 'add-arm') {
    return variants.flatMap((variant, index) =>
      index === step.variant ? asArms(variant, { variants, ...around }) : [variant],
    );
  }
  return variants.map((variant, index) => (index === step.variant ? changed(variant, step) : variant));
}

/** The text as one arm, and behind it another that begins with the same words; both get a name that is free there. */
function asArms(
  variant: VariantInput,
  { variants, sharedTexts }: { variants: readonly VariantInput[]; sharedTexts: readonly SharedText[] },
): VariantInput[] {
  const { network, language } = variant;
  const taken = variants
    .filter((other) => other.network === network && other.language === language)
    .map(({ arm }) => arm);
  const names = variants.map((other) => other.arm);
  const arm = variant.arm ?? nextArm(taken, names);
  // Left empty, it would say what the shared text says for good, as the first one does.
  const shared = sharedTexts.find((one) => one.language === language)?.text ?? '';
  const text = variant.text || shared;
  return [
    { ...variant, arm },
    { ...variant, _id: null, arm: nextArm([...taken, arm], names), text },
  ];
}

function changed(variant: VariantInput, { name, item }: VariantStep): VariantInput {
  const { text, parts = [], images = [] } = variant;
  switch (name) {
    case 'add-part':
      return { ...variant, parts: [...parts, ''] };
    case 'remove-part':
      return { ...variant, parts: parts.filter((_, index) => index !== item) };
    case 'raise-part':
    case 'lower-part': {
      // The first part may change places with the text that it continues.
      const from = item + 1;
      const [first = '', ...rest] = swapped(
        [text, ...parts],
        from,
        name === 'raise-part' ? from - 1 : from + 1,
      );
      return { ...variant, text: first, parts: rest };
    }
    case 'remove-image':
      return { ...variant, images: images.filter((_, index) => index !== item) };
    case 'raise-image':
    case 'lower-image':
      return { ...variant, images: swapped(images, item, name === 'raise-image' ? item - 1 : item + 1) };
    default:
      return variant;
  }
}

function swapped<Item>(items: readonly Item[], one: number, other: number): Item[] {
  const [a, b] = [items[one], items[other]];
  if (a === undefined || b === undefined) return [...items];
  return items.map((item, index) => (index === one ? b : index === other ? a : item));
}

/** Where the page goes on after a step, as `#…`: at what was added or moved. Empty after saving. */
export function placeOf({ name, variant, item }: VariantStep, variants: readonly VariantInput[]): string {
  if (name === 'save' || name === 'remove' || name === 'translated') return '';
  const index = name === 'add' ? variants.length - 1 : name === 'add-arm' ? variant + 1 : variant;
  const { parts = [] } = variants[index] ?? {};
  const part = { 'add-part': parts.length - 1, 'raise-part': item - 1, 'lower-part': item + 1 }[
    name as string
  ];
  const isPart = part !== undefined && part >= 0 && part < parts.length;
  return `#${fieldId(`variants[${index}].${isPart ? `parts[${part}].text` : 'text'}`)}`;
}
