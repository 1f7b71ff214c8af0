import type { Origin } from './message.ts';
import { RuleViolation } from './rule-violation.ts';
import { searchTerms } from './search-terms.ts';

/** An image of the library in words: everything but its bytes. */
export interface Asset {
  _id: string;
  /** SHA-256 of the bytes, in hex: what an approval binds the image by. */
  sha256: string;
  mimeType: string;
  /** Pixels. */
  width: number;
  height: number;
  /** Bytes. */
  size: number;
  /** Proposed where the image is used; what is approved and sent is the variant's own. */
  altText: string;
  origin: Origin;
  /** Who made it and under which licence, in words. */
  credit: string;
  quotesExtremists: boolean;
  /** Why it has to quote them; empty when it does not. */
  purpose: string;
  isDemo: boolean;
  createdBy: string;
  createdAt: Date;
  updatedAt: Date;
}

export type AssetWords = Pick<Asset, 'altText' | 'origin' | 'credit' | 'quotesExtremists' | 'purpose'>;

/** The words an image is found by: what it shows, whose it is, and why it quotes. */
export function assetTerms({
  altText,
  credit,
  purpose,
}: Pick<Asset, 'altText' | 'credit' | 'purpose'>): string[] {
  return searchTerms([altText, credit, purpose].join('\n'));
}

/**
 * Throws `alt-text-needed`, or `purpose-needed` when material of extremists is quoted without saying why (domain
 * rule 12; Regulation (EU) 2021/784, article 1(3), spares counter-terrorism purposes, judged by what they truly are).
 */
export function assertDescribed({ altText, quotesExtremists, purpose }: AssetWords): void {
  if (altText.trim() === '') {
    throw new RuleViolation('alt-text-needed', 'Say in words what the image shows.', { field: 'altText' });
  }
  if (quotesExtremists && purpose.trim() === '') {
    throw new RuleViolation(
      'purpose-needed',
      'Say why this has to quote extremist material, and use the smallest excerpt that serves that purpose.',
      { field: 'purpose' },
    );
  }
}

/** Throws `asset-in-use` while a reviewer has it before them, or an approved text or a waiting post carries it. */
export function assertMayDelete(uses: { messages: number; deliveries: number }): void {
  if (uses.messages + uses.deliveries === 0) return;
  throw new RuleViolation(
    'asset-in-use',
    'Texts in review or approved, or posts that wait, carry this image. Take it out of them first.',
    { values: { count: uses.messages + uses.deliveries } },
  );
}
