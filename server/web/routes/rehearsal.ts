import { Router } from 'express';
import { removeDemoWorld } from '../../actions/remove-demo-world.ts';
import type { Context } from '../../context.ts';
import { hasDemoWorld } from '../../queries/has-demo-world.ts';
import { listMembers } from '../../queries/list-members.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { colleaguesPage } from '../presenters/entrance.ts';
import { rehearsalPage } from '../presenters/rehearsal.ts';
import { currentMember, notify } from '../request.ts';
import type { SetupOptions } from './setup.ts';

/** Where the stand-in networks are looked at, and the demo world comes and goes. */
export function rehearsalRoutes(context: Context, { loadDemoWorld }: SetupOptions): Router {
  const router = Router();
  const { rehearsal } = context;
  if (!rehearsal) return router;

  router.get(paths.rehearsal, anyMember(), async (req, res) => {
    const facts = { urls: rehearsal, hasDemo: await hasDemoWorld(), mayLoad: loadDemoWorld !== undefined };
    res.render('rehearsal/show', rehearsalPage(facts, currentMember(req), req.speak));
  });
  if (loadDemoWorld) {
    router.post(paths.demoWorld, allowing('demo.load'), async (req, res) => {
      const { password } = await loadDemoWorld();
      const { members } = await listMembers(context.clock.now());
      const colleagues = members.filter(({ isDemo }) => isDemo);
      // Not a redirect: the password of the fictional staff is shown once and kept nowhere.
      res.status(201).render('setup/colleagues', colleaguesPage({ colleagues, password }, req.speak));
    });
  }
  router.post(paths.demoWorldRemoval, allowing('demo.remove'), async (req, res) => {
    await removeDemoWorld(context, currentMember(req));
    notify(req, req.speak.t('rehearsal.demo-removed'));
    res.redirect(303, paths.rehearsal);
  });
  return router;
}
