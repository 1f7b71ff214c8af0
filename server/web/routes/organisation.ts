import { Router } from 'express';
import { updateOrganisation } from '../../actions/update-organisation.ts';
import type { Context } from '../../context.ts';
import { findOrganisation } from '../../queries/find-organisation.ts';
import { formPage } from '../forms/form-page.ts';
import { organisationSchema } from '../forms/members.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { organisationPage } from '../presenters/organisation.ts';
import { currentMember, notify } from '../request.ts';

/** What the organisation says of itself; everybody may read it. */
export function organisationRoutes(context: Context): Router {
  const router = Router();
  const form = formPage({
    schema: organisationSchema,
    view: 'settings/organisation',
    action: () => paths.organisation,
    page: async (req) => organisationPage(await findOrganisation(), currentMember(req), req.speak),
    initial: async () => {
      const { instances, ...rest } = await findOrganisation();
      return { ...rest, instances: instances.join('\n') };
    },
    act: async (input, req) => {
      await updateOrganisation(context, currentMember(req), input);
      notify(req, req.speak.t('organisation.saved'));
      return paths.organisation;
    },
  });
  router.get(paths.organisation, anyMember(), form.show);
  router.post(paths.organisation, allowing('organisation.edit'), form.submit);
  return router;
}
