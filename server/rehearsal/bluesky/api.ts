import { lexicons } from '@atproto/api';
import express, { Router } from 'express';
import { type Method, serve } from './endpoint.ts';
import { createRecord, deleteRecord, getRecord, listRecords, putRecord } from './record-methods.ts';
import { invalidRequest } from './refusal.ts';
import {
  createSession,
  deleteSession,
  describeServer,
  getSession,
  refreshSession,
  resolveHandle,
} from './session-methods.ts';
import { uploadBlob } from './upload-blob.ts';
import { getAuthorFeed, getPosts, getPostThread, getProfile } from './view-methods.ts';
import type { BlueskyWorld } from './world.ts';

const methods: readonly Method[] = [
  { nsid: 'com.atproto.server.createSession', needs: 'nothing', act: createSession },
  { nsid: 'com.atproto.server.refreshSession', needs: 'nothing', act: refreshSession },
  { nsid: 'com.atproto.server.deleteSession', needs: 'nothing', act: deleteSession },
  { nsid: 'com.atproto.server.getSession', needs: 'session', act: getSession },
  { nsid: 'com.atproto.server.describeServer', needs: 'nothing', act: describeServer },
  { nsid: 'com.atproto.identity.resolveHandle', needs: 'nothing', act: resolveHandle },
  { nsid: 'com.atproto.repo.uploadBlob', needs: 'session', act: uploadBlob },
  { nsid: 'com.atproto.repo.putRecord', needs: 'session', act: putRecord },
  { nsid: 'com.atproto.repo.createRecord', needs: 'session', act: createRecord },
  { nsid: 'com.atproto.repo.deleteRecord', needs: 'session', act: deleteRecord },
  { nsid: 'com.atproto.repo.getRecord', needs: 'nothing', act: getRecord },
  { nsid: 'com.atproto.repo.listRecords', needs: 'nothing', act: listRecords },
  { nsid: 'app.bsky.feed.getPosts', needs: 'session', act: getPosts },
  { nsid: 'app.bsky.feed.getPostThread', needs: 'session', act: getPostThread },
  { nsid: 'app.bsky.feed.getAuthorFeed', needs: 'session', act: getAuthorFeed },
  { nsid: 'app.bsky.actor.getProfile', needs: 'session', act: getProfile },
];

/** The methods of a server of this network, and of the application's view behind it, as far as they are played. */
export function createApi(world: BlueskyWorld): Router {
  const api = Router();
  api.use(express.raw({ type: () => true, limit: '8mb' }));
  for (const method of methods) {
    const isQuery = lexicons.getDefOrThrow(method.nsid).type === 'query';
    api[isQuery ? 'get' : 'post'](`/xrpc/${method.nsid}`, serve(world, method));
  }
  api.use((request, response) => {
    const { body } = invalidRequest(`No service configured for ${request.path.replace('/xrpc/', '')}`);
    response.status(400).json(body);
  });
  return api;
}
