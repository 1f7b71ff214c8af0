import type { Request, Response } from 'express';
import type { Page } from './render.ts';
import type { Scene } from './scene.ts';

/** What a page is handed. */
export interface PageCall {
  scene: Scene;
  request: Request;
  response: Response;
  render: (template: string, page: Omit<Page, 'navigation'>, model: object) => void;
}

/** Answers that there is no such page. */
export function sayNotFound({ scene, response, render }: PageCall, text: string): void {
  response.status(404);
  render('message', { title: 'Not here' }, { title: 'Not here', text, timelineHref: scene.path });
}

/** Answers that something cannot be done as it was asked. */
export function sayNotPossible(
  { scene, response, render }: PageCall,
  { title, text }: { title: string; text: string },
): void {
  response.status(400);
  render('message', { title: 'Not possible' }, { title, text, timelineHref: scene.path });
}
