import express, { Router } from 'express';
import { exchangeCode, registerApp, revokeToken } from './apps.ts';
import { createStatus } from './create-status.ts';
import { serve, serveOpenly } from './endpoint.ts';
import { readInstance } from './instance.ts';
import { describeMedia, readMedia, uploadMedia } from './media.ts';
import {
  deleteStatus,
  readAccountStatuses,
  readContext,
  readStatus,
  readStatuses,
  verifyCredentials,
} from './read-statuses.ts';
import type { MastodonWorld } from './world.ts';

const reading = 'read:statuses';
const writing = 'write:statuses';
const media = 'write:media';

/** The API of Mastodon as far as the stand-in plays it, with the scopes that its documentation asks for. */
export function createApi(world: MastodonWorld): Router {
  const api = Router();
  api.use(express.raw({ type: () => true, limit: '20mb' }));

  api.post('/api/v1/statuses', serve(world, { name: 'createStatus', scope: writing, act: createStatus }));
  api.get('/api/v1/statuses', serve(world, { name: 'statuses', scope: reading, act: readStatuses }));
  api.get('/api/v1/statuses/:id', serve(world, { name: 'status', scope: reading, act: readStatus }));
  api.get(
    '/api/v1/statuses/:id/context',
    serve(world, { name: 'context', scope: reading, act: readContext }),
  );
  api.delete(
    '/api/v1/statuses/:id',
    serve(world, { name: 'deleteStatus', scope: writing, act: deleteStatus }),
  );

  const verify = { name: 'verifyCredentials', scope: 'read:accounts', act: verifyCredentials } as const;
  api.get('/api/v1/accounts/verify_credentials', serve(world, verify));
  const own = { name: 'accountStatuses', scope: reading, act: readAccountStatuses } as const;
  api.get('/api/v1/accounts/:id/statuses', serve(world, own));

  api.post('/api/v2/media', serve(world, { name: 'uploadMedia', scope: media, act: uploadMedia }));
  api.get('/api/v1/media/:id', serve(world, { name: 'media', scope: media, act: readMedia }));
  api.put('/api/v1/media/:id', serve(world, { name: 'describeMedia', scope: media, act: describeMedia }));

  api.get('/api/v2/instance', serveOpenly(world, { name: 'instance', act: readInstance }));
  api.post('/api/v1/apps', serveOpenly(world, { name: 'registerApp', act: registerApp }));
  api.post('/oauth/token', serveOpenly(world, { name: 'token', act: exchangeCode }));
  api.post('/oauth/revoke', serveOpenly(world, { name: 'revoke', act: revokeToken }));
  return api;
}
