import type { Config } from './config.ts';

/** Where people open the pages, without a slash at the end: as configured, else by host and the port listened on. */
export function publicUrl({ publicUrl: given, host }: Config, port: number): string {
  return given ?? `http://${urlHost(host)}:${port}`;
}

/** Whether a host name, as an address carries it, means this computer alone. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);
}

function urlHost(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
