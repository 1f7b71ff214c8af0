import type { Document } from '../bson/codec.ts';
import { CommandError } from '../errors.ts';
import { mingoOptions, refuseLeftOut } from './expression.ts';
import { mingo } from './mingo.ts';
import { each, type Stage, type StageContext, whole } from './stage.ts';

type Lazy = ReturnType<typeof import('mingo/lazy').Lazy>;
type MingoStage = (documents: Lazy, spec: unknown, options: unknown) => Lazy;

/** A stage that mingo computes, over all documents at once or one by one. */
export function viaMingo(
  name: keyof typeof import('mingo/operators/pipeline'),
  pace: 'at once' | 'one by one' = 'at once',
) {
  return (spec: unknown, { variables }: StageContext): Stage => {
    refuseLeftOut(spec);
    // mingo writes its windows with $function; the client's specification was just cleared of it.
    const options = { ...mingoOptions(variables), scriptEnabled: name === '$setWindowFields' };
    const compute = (documents: Document[]) => {
      try {
        const stage = mingo().stages[name] as unknown as MingoStage;
        return stage(mingo().Lazy(documents), spec, options).collect<Document>();
      } catch (error) {
        if (error instanceof CommandError) throw error;
        throw new CommandError('BadValue', (error as Error).message);
      }
    };
    return pace === 'at once' ? whole(name, compute) : each((document) => compute([document]));
  };
}
