import { RuleViolation } from '../../server/domain/rule-violation.ts';

/** How a promise fails: the name of the rule that was broken, else the name of the error; `none` when it does not. */
export async function nameOfFailure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    return error instanceof RuleViolation ? error.rule : (error as Error).name;
  }
}
