import type { Request, Response } from 'express';
import type { Page } from '../../pages/render.ts';
import type { XNetwork } from '../network.ts';
import type { XWorld } from '../world.ts';

/** What a page is handed. */
export interface PageCall {
  world: XWorld;
  network: XNetwork;
  request: Request;
  response: Response;
  render: (template: string, page: Omit<Page, 'navigation'>, model: object) => void;
}

/** Answers that there is no such page. */
export function sayNotFound({ response, render }: PageCall, text: string): void {
  response.status(404);
  render('message', { title: 'Not here' }, { title: 'Not here', text });
}
