import type { ClientRequest } from 'node:http';
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/**
 * Watches one request, to know afterwards whether any of it can have left: nothing is written before the
 * connection, and its encryption, stand.
 */
export class Line {
  #connected = false;

  watch(socket: Socket): void {
    const isEncrypted = socket instanceof TLSSocket;
    if (!socket.connecting && !isEncrypted) this.#connected = true;
    socket.once(isEncrypted ? 'secureConnect' : 'connect', () => {
      this.#connected = true;
    });
  }

  watchRequest(request: ClientRequest): void {
    request.once('socket', (socket) => this.watch(socket));
  }

  get wasConnected(): boolean {
    return this.#connected;
  }
}

/** A system error's own name (ECONNRESET, ENOTFOUND): never its message, which may quote the request. */
export function nameOfError(error: unknown): string {
  const { code, name } = error as { code?: string; name?: string };
  return code ?? name ?? 'the connection was closed';
}
