import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

interface Mingo {
  readonly core: typeof import('mingo/core');
  readonly expressions: typeof import('mingo/operators/expression');
  readonly accumulators: typeof import('mingo/operators/accumulator');
  readonly windows: typeof import('mingo/operators/window');
  readonly stages: typeof import('mingo/operators/pipeline');
  readonly Lazy: typeof import('mingo/lazy')['Lazy'];
}

let loaded: Mingo | undefined;

/** mingo is several hundred files: they are read at the first use, so that the server listens without waiting. */
export function mingo(): Mingo {
  loaded ??= {
    core: require('mingo/core'),
    expressions: require('mingo/operators/expression'),
    accumulators: require('mingo/operators/accumulator'),
    windows: require('mingo/operators/window'),
    stages: require('mingo/operators/pipeline'),
    Lazy: require('mingo/lazy').Lazy,
  };
  return loaded;
}
