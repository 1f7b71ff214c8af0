import { PUBLISHING_TIMES } from '../../server/domain/publishing-times.ts';
import { SHORT_TIMES } from './worker-context.ts';

/** Loaded before a program of the house, so that it publishes with waits that a test can sit out. */
Object.assign(PUBLISHING_TIMES, SHORT_TIMES);
