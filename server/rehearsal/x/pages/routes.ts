import { fileURLToPath } from 'node:url';
import express, { type NextFunction, type Request, type Response, Router } from 'express';
import { refuseCrossSite } from '../../guard.ts';
import { createRender } from '../../pages/render.ts';
import { usedByPages } from '../account.ts';
import type { XNetwork } from '../network.ts';
import type { XWorld } from '../world.ts';
import { allow, askToAllow } from './authorize.ts';
import { showConversation } from './conversation.ts';
import type { PageCall } from './page-call.ts';
import { changeSettings, showSettings } from './settings.ts';
import { showProfile, showTimeline } from './timeline.ts';

type Show = (call: PageCall) => void | Promise<void>;

/** The pages for people: they may be linked to from anywhere, their forms work only from themselves. */
export function createPages(world: XWorld, network: XNetwork): Router {
  const render = createRender(new URL('./', import.meta.url));
  const show = (page: Show) => (request: Request, response: Response) =>
    page({
      world,
      network,
      request,
      response,
      render: (template, options, model) =>
        render(response, template, { ...options, navigation: navigation(world, request.path) }, model),
    });
  const form = [refuseCrossSite, express.urlencoded({ extended: false })];
  const styles = fileURLToPath(new URL('../../pages/styles', import.meta.url));

  const pages = Router();
  pages.get(['/', '/rehearsal'], (_request, response) => response.redirect(303, '/rehearsal/x'));
  pages.use('/rehearsal/styles', express.static(styles));
  pages.get('/rehearsal/x', show(showTimeline));
  pages.get('/rehearsal/x/settings', show(showSettings));
  pages.post('/rehearsal/x/settings', form, show(changeSettings));
  pages.get('/rehearsal/x/posts/:id', show(showConversation));
  pages.get('/rehearsal/x/media/:id', show(sendMedia));
  pages.get('/rehearsal/x/:username', skipControl, show(showProfile));
  pages.get('/:username/status/:id', (request, response) =>
    response.redirect(303, `/rehearsal/x/posts/${encodeURIComponent(request.params.id ?? '')}`),
  );
  pages.get('/i/oauth2/authorize', show(askToAllow));
  pages.post('/i/oauth2/authorize', form, show(allow));
  return pages;
}

/** The control API answers under the same addresses, with names that no account can take. */
function skipControl(request: Request, _response: Response, next: NextFunction): void {
  next(usedByPages.includes(request.params.username as string) ? 'router' : undefined);
}

function sendMedia({ world, request, response }: PageCall): void {
  const id = String(request.params.id);
  const media = world.media.find(id);
  const bytes = world.media.read(id);
  if (!media || !bytes) {
    response.status(404).end();
    return;
  }
  response.set({
    'content-type': media.contentType,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  response.end(bytes);
}

function navigation(world: XWorld, path: string) {
  const accounts = world.registry
    .accounts()
    .map(({ username }) => [`/rehearsal/x/${username}`, `@${username}`]);
  return [['/rehearsal/x', 'Timeline'], ...accounts, ['/rehearsal/x/settings', 'Settings']].map(
    ([href = '', label = '']) => ({ href, label, isCurrent: href === path }),
  );
}
