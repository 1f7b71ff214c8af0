import express, { Router } from 'express';
import { createTweet } from './create-tweet.ts';
import { deleteTweet } from './delete-tweet.ts';
import { serve, serveOpenly } from './endpoint.ts';
import {
  appendMedia,
  describeMedia,
  finalizeMedia,
  initializeMedia,
  readMediaStatus,
  uploadMedia,
} from './media.ts';
import { lookUpTweet, lookUpTweets, readMe } from './read-tweets.ts';
import { searchRecent } from './search.ts';
import { readMentions, readUserTweets } from './timelines.ts';
import { revoke, token } from './token-endpoint.ts';
import type { XWorld } from './world.ts';

const reading = ['tweet.read', 'users.read'];
const writing = ['tweet.read', 'tweet.write', 'users.read'];
const media = ['media.write'];

/** The API of X as far as the stand-in plays it, with the scopes its specification asks for. */
export function createApi(world: XWorld): Router {
  const api = Router();
  api.use(express.raw({ type: () => true, limit: '8mb' }));

  api.post('/2/tweets', serve(world, { name: 'createTweet', scopes: writing, act: createTweet }));
  api.delete('/2/tweets/:id', serve(world, { name: 'deleteTweet', scopes: writing, act: deleteTweet }));
  api.get('/2/tweets', serve(world, { name: 'lookUpTweets', scopes: reading, act: lookUpTweets }));
  api.get(
    '/2/tweets/search/recent',
    serve(world, { name: 'searchRecent', scopes: reading, act: searchRecent }),
  );
  api.get('/2/tweets/:id', serve(world, { name: 'lookUpTweet', scopes: reading, act: lookUpTweet }));

  api.get('/2/users/me', serve(world, { name: 'me', scopes: reading, act: readMe }));
  api.get('/2/users/:id/tweets', serve(world, { name: 'userTweets', scopes: reading, act: readUserTweets }));
  api.get('/2/users/:id/mentions', serve(world, { name: 'mentions', scopes: reading, act: readMentions }));

  api.get('/2/media/upload', serve(world, { name: 'mediaStatus', scopes: media, act: readMediaStatus }));
  api.post('/2/media/upload', serve(world, { name: 'uploadMedia', scopes: media, act: uploadMedia }));
  api.post(
    '/2/media/upload/initialize',
    serve(world, { name: 'initializeMedia', scopes: media, act: initializeMedia }),
  );
  api.post(
    '/2/media/upload/:id/append',
    serve(world, { name: 'appendMedia', scopes: media, act: appendMedia }),
  );
  api.post(
    '/2/media/upload/:id/finalize',
    serve(world, { name: 'finalizeMedia', scopes: media, act: finalizeMedia }),
  );
  api.post('/2/media/metadata', serve(world, { name: 'describeMedia', scopes: media, act: describeMedia }));

  api.post('/2/oauth2/token', serveOpenly(world, token));
  api.post('/2/oauth2/revoke', serveOpenly(world, revoke));
  return api;
}
