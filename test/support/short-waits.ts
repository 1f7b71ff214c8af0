import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { SHORT_TIMES } from './worker-context.ts';

/**
 * Loaded before a program of the house, so that it publishes with waits that a test can sit out. The lease stays
 * long: the death of a process is proven, not waited for, and a busy machine must not look like a sleeping one.
 */
Object.assign(PUBLISHING_TIMES, SHORT_TIMES, { requestMs: 5_000, leaseMs: 20_000 });
