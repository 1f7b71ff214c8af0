import { Router } from 'express';
import { z } from 'zod';
import type { Context } from '../../context.ts';
import { searchEverything } from '../../queries/search-everything.ts';
import { optionalLine } from '../forms/fields.ts';
import { anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { searchResults } from '../presenters/search.ts';

const searchQuery = z.object({ q: optionalLine(200).catch('') });

/** One search over everything that has a name or a text. */
export function searchRoutes(context: Context): Router {
  const router = Router();
  router.get(paths.search, anyMember(), async (req, res) => {
    const { q } = searchQuery.parse(req.query);
    const found = q ? await searchEverything(q) : null;
    res.render('search/show', searchResults(q, found, { now: context.clock.now(), speak: req.speak }));
  });
  return router;
}
