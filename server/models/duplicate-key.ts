const DUPLICATE_KEY = 11000;

/** Whether a write failed because a unique index holds the same already: somebody else was faster, or it came twice. */
export function isDuplicateKey(error: unknown): boolean {
  return (error as { code?: number } | null)?.code === DUPLICATE_KEY;
}
