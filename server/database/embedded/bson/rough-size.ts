/** About how much memory a decoded value takes, in bytes. */
export function roughSize(value: unknown): number {
  if (typeof value === 'string') return 16 + value.length * 2;
  if (typeof value !== 'object' || value === null) return 16;
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + roughSize(item), 32);
  if (Object.getPrototypeOf(value) !== Object.prototype) return 64;
  return Object.entries(value).reduce((sum, [name, item]) => sum + 16 + name.length + roughSize(item), 32);
}
