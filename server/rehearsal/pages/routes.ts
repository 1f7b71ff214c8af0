import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { refuseCrossSite } from '../guard.ts';
import { showConversation } from './conversation.ts';
import type { PageCall } from './page-call.ts';
import { createRender } from './render.ts';
import type { Scene } from './scene.ts';
import { changeSettings, showSettings } from './settings.ts';
import { showProfile, showTimeline } from './timeline.ts';

export type Show = (call: PageCall) => void | Promise<void>;

/** Addresses under a network's own that are not profiles: pages, and the control. */
export const usedByPages = [
  'accounts',
  'app',
  'clock',
  'faults',
  'ledger',
  'limits',
  'media',
  'posts',
  'settings',
  'speed',
];

/** The pages for people: they may be linked to from anywhere, their forms work only from themselves. */
export function createScenePages(scene: Scene, ownTemplates?: URL) {
  const render = createRender(ownTemplates);
  const show = (page: Show) => (request: Request, response: Response) =>
    page({
      scene,
      request,
      response,
      render: (template, options, model) =>
        render(response, template, { ...options, navigation: navigation(scene, request.path) }, model),
    });
  const form = [refuseCrossSite, express.urlencoded({ extended: false })];
  const { path } = scene;

  const pages = Router();
  pages.get(path, show(showTimeline));
  pages.get(`${path}/settings`, show(showSettings));
  pages.post(`${path}/settings`, form, show(changeSettings));
  pages.get(`${path}/posts/:key`, show(showConversation));
  pages.get(`${path}/media/:id`, show(sendPicture));
  pages.get(`${path}/:username`, skipControl, show(showProfile));
  return { pages, show, form };
}

/** What the pages of all networks look like. */
export function createStyles(): Router {
  const styles = Router();
  styles.use('/rehearsal/styles', express.static(fileURLToPath(new URL('./styles', import.meta.url))));
  return styles;
}

/** The control API answers under the same addresses, with names that no account can take. */
function skipControl(request: Request, _response: Response, next: NextFunction): void {
  next(usedByPages.includes(request.params.username as string) ? 'router' : undefined);
}

function sendPicture({ scene, request, response }: PageCall): void {
  const picture = scene.picture(String(request.params.id));
  if (!picture) {
    response.status(404).end();
    return;
  }
  response.set({
    'content-type': picture.contentType,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  response.end(picture.bytes);
}

function navigation({ path, accounts }: Scene, current: string) {
  const profiles = accounts().map(({ username }) => [`${path}/${username}`, `@${username}`]);
  return [[path, 'Timeline'], ...profiles, [`${path}/settings`, 'Settings']].map(
    ([href = '', label = '']) => ({ href, label, isCurrent: href === current }),
  );
}
