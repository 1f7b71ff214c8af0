import type { Context } from '../context.ts';

interface Waiting<Input, Output> {
  input: Input;
  resolve: (output: Output) => void;
  reject: (error: unknown) => void;
}

interface Gathering<Input, Output> {
  waiting: Waiting<Input, Output>[];
  isRunning: boolean;
}

/**
 * Makes one piece of work out of many: a call that comes alone is done at once; calls that come while one is under
 * way are done together after it. So the database is asked once for a hundred deliveries, and nobody waits for a
 * timer. `work` answers in the order of its inputs; what it throws reaches everyone it worked for.
 */
export function gathered<Input, Output, Part extends object = Context>(
  work: (context: Part, inputs: readonly Input[]) => Promise<readonly Output[]>,
  most = 200,
): (context: Part, input: Input) => Promise<Output> {
  // By context: what one process gathers is nobody else's, also where a test plays several.
  const gatherings = new WeakMap<Part, Gathering<Input, Output>>();
  return (context, input) => {
    const gathering = gatherings.get(context) ?? { waiting: [], isRunning: false };
    gatherings.set(context, gathering);
    return new Promise<Output>((resolve, reject) => {
      gathering.waiting.push({ input, resolve, reject });
      if (!gathering.isRunning) void workOff(gathering, (inputs) => work(context, inputs), most);
    });
  };
}

async function workOff<Input, Output>(
  gathering: Gathering<Input, Output>,
  work: (inputs: readonly Input[]) => Promise<readonly Output[]>,
  most: number,
): Promise<void> {
  gathering.isRunning = true;
  // Whoever calls within the same turn comes along.
  await Promise.resolve();
  while (gathering.waiting.length > 0) {
    const batch = gathering.waiting.splice(0, most);
    try {
      const outputs = await work(batch.map(({ input }) => input));
      for (const [index, { resolve }] of batch.entries()) resolve(outputs[index] as Output);
    } catch (error) {
      for (const { reject } of batch) reject(error);
    }
  }
  gathering.isRunning = false;
}
