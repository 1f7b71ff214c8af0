import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Express } from 'express';
import Handlebars from 'handlebars';
import type { FrameView } from './presenters/frame.ts';
import type { Speak } from './speak.ts';
import { viewHelpers } from './view-helpers/index.ts';

type Template = Handlebars.TemplateDelegate;

/** What Express hands to the engine: the presenter's model, and what the middlewares put into `res.locals`. */
interface Given extends Record<string, unknown> {
  speak: Speak;
  openFrame(): Promise<FrameView>;
  formToken: string;
  assetVersion: string;
  layout?: 'main' | 'plain' | false;
}

/**
 * Handlebars with escaping on, unknown helpers and missing values refused, and partials that see only what they are
 * handed. `res.render('members/index', model)` finds pages first, then partials (`{ layout: false }` for a fragment).
 */
export function setUpViews(app: Express, folder: string): void {
  const views = compileViews(folder);
  app.engine('hbs', (file, given, done) => {
    render(views, relative(folder, file), given as Given).then(
      (html) => done(null, html),
      (error) => done(error),
    );
  });
  app.set('view engine', 'hbs');
  app.set('views', [join(folder, 'pages'), join(folder, 'partials')]);
  app.enable('view cache');
}

async function render(views: Map<string, Template>, file: string, given: Given): Promise<string> {
  const { settings, cache, _locals, speak, openFrame, layout = 'main', assetVersion, ...model } = given;
  const data = { speak, assetVersion };
  const body = found(views, file)({ ...model }, { data });
  if (layout === false) return body;
  const frame = await openFrame();
  return found(views, `layouts/${layout}.hbs`)({ ...model, title: model.title, frame, body }, { data });
}

function found(views: Map<string, Template>, file: string): Template {
  const template = views.get(file);
  if (!template) throw new Error(`There is no view ${file}.`);
  return template;
}

/** Reads every template once. They are compiled on first use; a test compiles all of them. */
function compileViews(folder: string): Map<string, Template> {
  const engine = Handlebars.create();
  engine.registerHelper(viewHelpers as Handlebars.HelperDeclareSpec);
  const options = {
    strict: true,
    explicitPartialContext: true,
    // Indenting a partial would indent what people typed into a textarea too.
    preventIndent: true,
    knownHelpersOnly: true,
    knownHelpers: Object.fromEntries(Object.keys(viewHelpers).map((name) => [name, true])),
  } as CompileOptions;
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.hbs'),
  );
  return new Map(
    files.map((file) => {
      const template = engine.compile(readFileSync(join(folder, file), 'utf8'), options);
      if (file.startsWith('partials/')) {
        engine.registerPartial(file.slice('partials/'.length, -'.hbs'.length), template);
      }
      return [file, template];
    }),
  );
}
