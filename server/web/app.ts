import { fileURLToPath } from 'node:url';
import express, { type Express, type RequestHandler } from 'express';
import type { Store } from 'express-session';
import type { Context } from '../context.ts';
import { openLocales } from './locales.ts';
import { setUpAssets } from './middleware/assets.ts';
import { currentMember } from './middleware/current-member.ts';
import { formToken } from './middleware/form-token.ts';
import { framing } from './middleware/framing.ts';
import { incomingFile } from './middleware/incoming-file.ts';
import { knownHost } from './middleware/known-host.ts';
import { requestLog } from './middleware/request-log.ts';
import { sameOrigin } from './middleware/same-origin.ts';
import { securityHeaders } from './middleware/security-headers.ts';
import { isHttps, setUpSessions } from './middleware/sessions.ts';
import { speaking } from './middleware/speaking.ts';
import { uploads } from './middleware/uploads.ts';
import { paths } from './paths.ts';
import { notFound, problems } from './problem.ts';
import { accountConnectionRoutes } from './routes/account-connections.ts';
import { accountRoutes } from './routes/accounts.ts';
import { assetRoutes } from './routes/assets.ts';
import { calendarRoutes } from './routes/calendar.ts';
import { campaignWithdrawalRoutes } from './routes/campaign-withdrawal.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { commentRoutes } from './routes/comments.ts';
import { deliveryRoutes } from './routes/deliveries.ts';
import { duplicateRoutes } from './routes/duplicates.ts';
import { healthRoutes } from './routes/health.ts';
import { importRoutes } from './routes/imports.ts';
import { libraryRoutes } from './routes/library.ts';
import { myRoutes } from './routes/me.ts';
import { memberRoutes } from './routes/members.ts';
import { messageRoutes } from './routes/messages.ts';
import { organisationRoutes } from './routes/organisation.ts';
import { pauseRoutes } from './routes/pause.ts';
import { postRoutes } from './routes/posts.ts';
import { rehearsalRoutes } from './routes/rehearsal.ts';
import { replyRoutes } from './routes/replies.ts';
import { reportRoutes } from './routes/reports.ts';
import { reviewRoutes } from './routes/reviews.ts';
import { searchRoutes } from './routes/search.ts';
import { sessionRoutes } from './routes/session.ts';
import { setupRoutes } from './routes/setup.ts';
import { todayRoutes } from './routes/today.ts';
import { trailRoutes } from './routes/trail.ts';
import { unsavedDraftRoutes } from './routes/unsaved-drafts.ts';
import './request.ts';
import { setUpViews } from './view-engine.ts';

const VIEWS = fileURLToPath(new URL('../../views', import.meta.url));

/** Whether each part the software stands on answers. */
export type Readiness = Readonly<Record<string, boolean>>;

export interface AppOptions {
  sessionStore: Store;
  readiness(): Promise<Readiness>;
  /** Fills the house with the demo world and tells the password of its people; not given where there is none. */
  loadDemoWorld?(): Promise<{ password: string }>;
  /** Whether a missing interface text throws, as in tests, or is shown in English. */
  strictTexts?: boolean;
}

/** The web server without its port: one line per concern, in the order in which a request meets them. */
export function createApp(context: Context, options: AppOptions): Express {
  const log = context.log.child({ room: 'web' });
  const locales = openLocales(`${VIEWS}/locales`, { strict: options.strictTexts ?? false, log });
  const app = express();
  app.disable('x-powered-by');
  setUpViews(app, VIEWS);
  app.use(requestLog(log));
  app.use(securityHeaders({ isHttps: isHttps(context.config) }));
  setUpAssets(app, `${VIEWS}/public`);
  app.use(speaking(locales), framing(context));
  app.use(healthRoutes(options.readiness));
  app.use(knownHost(context.config));
  app.use(noStore);
  setUpSessions(app, context, options.sessionStore);
  app.use(currentMember(context), speaking(locales));
  app.use(sameOrigin(context.config.publicUrl));
  app.use(express.urlencoded({ extended: false, limit: '256kb', parameterLimit: 2000 }));
  app.use(uploads([paths.assets]));
  app.use(incomingFile([paths.imports]));
  app.use(formToken(context.vault), framing(context));
  setUpRoutes(app, context, options);
  app.use(notFound);
  app.use(problems(log));
  return app;
}

/** One line a noun. */
function setUpRoutes(app: Express, context: Context, options: AppOptions): void {
  app.use(setupRoutes(context, options));
  app.use(sessionRoutes(context));
  app.use(todayRoutes(context));
  app.use(myRoutes(context));
  app.use(organisationRoutes(context));
  app.use(trailRoutes());
  app.use(accountConnectionRoutes(context));
  app.use(accountRoutes(context));
  app.use(memberRoutes(context));
  app.use(rehearsalRoutes(context, options));
  app.use(replyRoutes(context));
  app.use(reportRoutes(context));
  app.use(calendarRoutes(context));
  app.use(deliveryRoutes(context));
  app.use(pauseRoutes(context));
  app.use(postRoutes(context));
  app.use(reviewRoutes(context));
  app.use(unsavedDraftRoutes(context));
  app.use(messageRoutes(context));
  app.use(assetRoutes(context));
  app.use(commentRoutes(context));
  app.use(searchRoutes(context));
  app.use(duplicateRoutes(context));
  app.use(importRoutes(context));
  app.use(libraryRoutes(context));
  app.use(campaignRoutes(context));
  app.use(campaignWithdrawalRoutes(context));
}

/** Pages hold what only this member may see; no cache keeps them. */
const noStore: RequestHandler = (_req, res, next) => {
  res.set('Cache-Control', 'no-store');
  next();
};
