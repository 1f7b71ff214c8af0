/** Signals that arrive within this time are one wish, in milliseconds: npm passes on what its whole group was told. */
const ONE_WISH = 1_000;

/** Resolves at the first SIGTERM or SIGINT; one that comes a second or more after it ends the process at once. */
export function untilToldToStop(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    const signals = ['SIGTERM', 'SIGINT'] as const;
    let toldAt: number | undefined;
    const stop = (signal: NodeJS.Signals) => {
      toldAt ??= performance.now();
      resolve(signal);
      if (performance.now() - toldAt < ONE_WISH) return;
      for (const name of signals) process.removeListener(name, stop);
      process.kill(process.pid, signal);
    };
    for (const name of signals) process.on(name, stop);
  });
}
