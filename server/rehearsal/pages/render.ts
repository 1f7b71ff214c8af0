import { readdirSync, readFileSync } from 'node:fs';
import type { Response } from 'express';
import Handlebars from 'handlebars';

interface Link {
  href: string;
  label: string;
  isCurrent: boolean;
}

export interface Page {
  title: string;
  navigation: Link[];
  /** Where else a form of this page may lead in the end. */
  formTarget?: string;
}

export type Render = (response: Response, template: string, page: Page, model: object) => void;

/**
 * Compiles the templates that all networks share, and those of a network's own folder, once; the names of the files
 * are the names of pages and partials.
 */
export function createRender(own?: URL): Render {
  const handlebars = Handlebars.create();
  for (const folder of [new URL('./', import.meta.url), ...(own ? [own] : [])]) {
    for (const file of readdirSync(folder).filter((name) => name.endsWith('.hbs'))) {
      handlebars.registerPartial(file.replace('.hbs', ''), readTemplate(new URL(file, folder)));
    }
  }
  const layout = handlebars.compile(readTemplate(new URL('layout.hbs', import.meta.url)));
  const pages = new Map<string, Handlebars.TemplateDelegate>();

  return (response, template, page, model) => {
    const compiled = pages.get(template) ?? handlebars.compile(`{{> ${template}}}`);
    pages.set(template, compiled);
    const body = compiled(model);
    response
      .set(pageHeaders(page.formTarget))
      .type('html')
      .send(layout({ ...page, body }));
  };
}

/** Nothing runs in these pages, and nothing is loaded but our own style sheet and pictures. */
function pageHeaders(formTarget = ''): Record<string, string> {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action 'self' ${formTarget}`.trim(),
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    // Without an Origin header on our own forms they would look like another site's.
    'referrer-policy': 'same-origin',
  };
}

function readTemplate(file: URL): string {
  return readFileSync(file, 'utf8').trimEnd();
}
