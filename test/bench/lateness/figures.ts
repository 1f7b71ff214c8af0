/** How late posts reached the network, in milliseconds; those that did not in time are infinitely late. */
export interface Lateness {
  posts: number;
  p50: number;
  p99: number;
  max: number;
  /** How many did not reach it while the benchmark waited. */
  missing: number;
}

/** Nearest rank. A post that never came counts as the latest of all. */
export function latenessOf(lateMs: readonly number[], posts: number): Lateness {
  const sorted = [...lateMs].sort((one, other) => one - other);
  const rank = (share: number) =>
    sorted[Math.max(Math.ceil(posts * share) - 1, 0)] ?? Number.POSITIVE_INFINITY;
  return { posts, p50: rank(0.5), p99: rank(0.99), max: rank(1), missing: posts - sorted.length };
}

const COLUMNS = ['p50', 'p99', 'max'] as const;

/** Two lines and their ratio; what exceeds the time that was waited is written as more than it. */
export function report(title: string, own: Lateness, plain: Lateness | null, waitedMs: number): string[] {
  const row = (name: string, { missing, ...lateness }: Lateness) => {
    const figures = COLUMNS.map((column) => shown(lateness[column], waitedMs).padStart(12)).join('');
    return `  ${name.padEnd(24)}${figures}${missing > 0 ? `   ${missing} of ${lateness.posts} did not leave` : ''}`;
  };
  const lines = [`${title} (${own.posts} posts)`, row('Rejoinder', own)];
  if (!plain) return lines;
  const ratios = COLUMNS.map((column) => ratio(plain[column], own[column], waitedMs).padStart(12)).join('');
  return [...lines, row('Agenda as it comes', plain), `  ${'times as late'.padEnd(24)}${ratios}`];
}

function shown(milliseconds: number, waitedMs: number): string {
  return Number.isFinite(milliseconds) ? `${Math.round(milliseconds)} ms` : `> ${Math.round(waitedMs)} ms`;
}

function ratio(plain: number, own: number, waitedMs: number): string {
  if (!Number.isFinite(own)) return '?';
  const times = (Number.isFinite(plain) ? plain : waitedMs) / Math.max(own, 1);
  return `${Number.isFinite(plain) ? '' : '> '}${times < 10 ? times.toFixed(1) : Math.round(times)}`;
}
