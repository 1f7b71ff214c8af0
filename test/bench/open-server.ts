import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Context } from '../../server/context.ts';
import type { Member } from '../../server/domain/member.ts';
import { type TestContext, testContext } from '../support/context.ts';
import { openWeb, sessionCookie } from '../support/web.ts';

/** The pages on a free port, and what a browser sends in which this member is signed in. */
export async function openServer(
  context: Context,
  member: Pick<Member, '_id'>,
): Promise<{ server: Server; headers: Record<string, string> }> {
  const web = openWeb({ ...testContext(), ...context } as TestContext);
  const cookie = await sessionCookie(web, member);
  const server = createServer(web.app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, headers: { Cookie: cookie, Accept: 'text/html' } };
}
