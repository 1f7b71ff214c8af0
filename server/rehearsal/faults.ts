import { z } from 'zod';
import { fraction } from './random.ts';

export const FAULT_KINDS = ['slow', 'reset', 'error', 'cut-body', 'html', 'unauthorised', 'limited'] as const;
type FaultKind = (typeof FAULT_KINDS)[number];

/** Refusals happen instead of acting; an answer can only be cut once there is one. */
const onlyBefore: readonly FaultKind[] = ['unauthorised', 'limited'];

export const faultForm = z
  .strictObject({
    /** Name of an endpoint, or * for all. */
    endpoint: z.string().min(1).default('*'),
    kind: z.enum(FAULT_KINDS),
    /** Before or after the network did what it was asked. */
    moment: z.enum(['before', 'after']).optional(),
    /** How many requests it hits; without it, all. */
    count: z.int().min(1).optional(),
    probability: z.number().min(0).max(1).default(1),
    /** How long a request is held up first, whatever the kind. */
    delayMs: z.int().min(0).max(600_000).default(0),
    /** Of the kinds error and html. */
    status: z.int().min(500).max(599).default(503),
    /** Of the kind limited: when the window opens again. */
    resetInSeconds: z.int().min(0).default(900),
  })
  .transform((fault) => ({ ...fault, moment: momentOf(fault.kind, fault.moment) }));

export type FaultInput = z.input<typeof faultForm>;
export type Fault = z.output<typeof faultForm>;

function momentOf(kind: FaultKind, asked: 'before' | 'after' | undefined): 'before' | 'after' {
  if (kind === 'cut-body') return 'after';
  return onlyBefore.includes(kind) ? 'before' : (asked ?? 'before');
}

/** Misfortunes on order. They live as long as the process; which request they hit repeats with the seed. */
export class Faults {
  #faults: Fault[] = [];
  #drawn = 0;
  readonly #seed: string;

  constructor(seed: string) {
    this.#seed = seed;
  }

  /** Replaces all faults; throws a ZodError on one that makes no sense. */
  set(faults: readonly FaultInput[]): void {
    this.#faults = faults.map((fault) => faultForm.parse(fault));
    this.#drawn = 0;
  }

  clear(): void {
    this.set([]);
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  /** The fault that hits this request, or null. A fault with a count is used up by it. */
  draw(endpoint: string): Fault | null {
    this.#drawn += 1;
    const index = this.#faults.findIndex((fault, position) => this.#hits(fault, position, endpoint));
    const fault = this.#faults[index];
    if (!fault) return null;
    if (fault.count === 1) this.#faults.splice(index, 1);
    else if (fault.count) this.#faults[index] = { ...fault, count: fault.count - 1 };
    return fault;
  }

  #hits(fault: Fault, position: number, endpoint: string): boolean {
    if (fault.endpoint !== '*' && fault.endpoint !== endpoint) return false;
    return fraction(this.#seed, 'fault', position, this.#drawn) < fault.probability;
  }
}

/** A fault in a few words, for the ledger. */
export function nameFault(fault: Fault): string {
  return `${fault.kind} ${fault.moment} acting`;
}
