import { checkImport } from '../../server/actions/check-import.ts';
import { runImports } from '../../server/actions/run-imports.ts';
import { startImport } from '../../server/actions/start-import.ts';
import { uploadImport } from '../../server/actions/upload-import.ts';
import type { Context } from '../../server/context.ts';
import type { ImportSettings } from '../../server/domain/import/row.ts';
import type { Import } from '../../server/domain/import.ts';
import type { Member } from '../../server/domain/member.ts';
import { Imports } from '../../server/models/import.ts';

/** What a file is made of: its text or bytes, and what it is called. */
export interface GivenFile {
  name?: string;
  content: string | Buffer;
  settings?: Partial<ImportSettings>;
}

/** Brings a file as a browser does, in pieces; returns the import that waits for its mapping. */
export async function brought(context: Context, member: Member, { name = 'file.csv', content }: GivenFile) {
  const bytes = Buffer.from(content);
  async function* pieces() {
    for (let start = 0; start < bytes.length; start += 65_536) yield bytes.subarray(start, start + 65_536);
  }
  const { _id } = await uploadImport(context, member, { name, bytes: pieces() });
  return rereadImport(_id);
}

export async function rereadImport(id: string): Promise<Import> {
  const found = await Imports.findById(id).lean<Import>();
  if (!found) throw new Error('the import is gone');
  return found;
}

/** Brings a file and has it checked. */
export async function checked(context: Context, member: Member, file: GivenFile): Promise<Import> {
  const { _id, settings } = await brought(context, member, file);
  await checkImport(context, member, {
    import: _id,
    settings: { ...settings, language: 'en', ...file.settings },
  });
  await runImports(context, new AbortController().signal);
  return rereadImport(_id);
}

/** Brings a file, has it checked and imported. */
export async function imported(context: Context, member: Member, file: GivenFile): Promise<Import> {
  const { _id } = await checked(context, member, file);
  await startImport(context, member, { import: _id });
  await runImports(context, new AbortController().signal);
  return rereadImport(_id);
}

/** Rows in the columns of our own file, each with a claim for every third answer. */
export function manyRows(count: number): string {
  const rows = Array.from({ length: count }, (_, index) => {
    const claim = `Claim number ${Math.floor(index / 3)} about the people who live by the river.`;
    const text = `Answer number ${index}: somebody by the river has told me how it was, and it was not so at all; "${index % 7}" of us were there.`;
    return `"${text.replaceAll('"', '""')}",en,${claim},k${index},facts`;
  });
  return ['text,language,claim,key,strategies', ...rows].join('\n');
}
