/**
 * Numbers the stretches of work that nothing interrupts. What is read within one comes from a single snapshot, since
 * lmdb takes a newer one only between them.
 */
export const turn = {
  number: 0,
  /** To be called where other work may have run before. */
  begin(): void {
    turn.number += 1;
  },
};
