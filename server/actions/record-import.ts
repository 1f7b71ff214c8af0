import type { Context } from '../context.ts';
import type { Import } from '../domain/import.ts';
import { TrailEvents } from '../models/trail.ts';
import { recordEvent } from './record-event.ts';

/** The one entry of an import in the audit trail, however often its end is reached. */
export async function recordImport(
  context: Context,
  { _id, name, format, counts }: Pick<Import, '_id' | 'name' | 'format' | 'counts'>,
  actor: string,
): Promise<void> {
  const event = { verb: 'library imported', subject: 'import', subjectId: _id };
  if (await TrailEvents.exists(event)) return;
  await recordEvent(context, { ...event, actor, details: { name, format, ...counts } });
}
