import { type Request, Router } from 'express';
import { measureCampaign } from '../../actions/measure-campaign.ts';
import type { Context } from '../../context.ts';
import { type CampaignReport, campaignReport } from '../../queries/campaign-report.ts';
import { reportList } from '../../queries/report-list.ts';
import { writeCsv } from '../csv.ts';
import { blankForm, type FormView, refusedForm } from '../forms/form-view.ts';
import { reportFilters } from '../forms/reports.ts';
import { allowing, anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { reportPage } from '../presenters/report.ts';
import { reportCsvRows, reportJson } from '../presenters/report-export.ts';
import { reportListPage } from '../presenters/report-list.ts';
import { refusalOf } from '../problem.ts';
import { currentMember, idOf, notify } from '../request.ts';

/** What came of the campaigns: the list, one report, and the report as a file. */
export function reportRoutes(context: Context): Router {
  const routes = Router();
  const mayExport = allowing('reports.export');

  routes.get(paths.reports, anyMember(), async (req, res) => {
    res.render('reports/index', reportListPage(await reportList(), req.speak));
  });
  routes.get(paths.campaignReport(':id'), anyMember(), async (req, res) => {
    const { report, form, status } = await readOrRefuse(context, req);
    const member = currentMember(req);
    const { show } = reportFilters.parse(req.query);
    const query = status === 200 ? queryOf(req) : '';
    res
      .status(status)
      .render('reports/show', reportPage(report, { member, speak: req.speak, show, form, query }));
  });
  routes.post(paths.campaignMeasurement(':id'), allowing('figures.read'), async (req, res) => {
    const { asked } = await measureCampaign(context, currentMember(req), { campaign: idOf(req) });
    notify(req, req.speak.t('reports.measured', { count: asked }));
    res.redirect(303, paths.campaignReport(idOf(req)));
  });
  routes.get(paths.campaignReportCsv(':id'), mayExport, async (req, res) => {
    const report = await readReport(context, req);
    res
      .attachment(fileName(report, 'csv'))
      .type('text/csv')
      .send(writeCsv(reportCsvRows(report)));
  });
  routes.get(paths.campaignReportJson(':id'), mayExport, async (req, res) => {
    const report = await readReport(context, req);
    res.attachment(fileName(report, 'json')).json(reportJson(report, context.clock.now()));
  });
  return routes;
}

/** A period that makes no sense is told beside its form, over the report of the whole campaign. */
async function readOrRefuse(
  context: Context,
  req: Request,
): Promise<{ report: CampaignReport; form: FormView; status: number }> {
  const action = paths.campaignReport(idOf(req));
  try {
    const report = await readReport(context, req);
    const { firstDay: from, lastDay: to, step } = report.period;
    const { show } = reportFilters.parse(req.query);
    return { report, form: blankForm(action, { from, to, step, show }), status: 200 };
  } catch (error) {
    const refusal = refusalOf(error, req.speak);
    if (!refusal) throw error;
    const { from = '', to = '', step, show } = reportFilters.parse(req.query);
    const fieldErrors = { [refusal.field ?? 'from']: refusal.text };
    const form = refusedForm({ action, values: { from, to, step: step ?? '', show }, fieldErrors });
    return { report: await readReport(context, req, true), form, status: refusal.status };
  }
}

function readReport(context: Context, req: Request, isWhole = false): Promise<CampaignReport> {
  const { from, to, step } = reportFilters.parse(req.query);
  const asked = isWhole ? {} : { firstDay: from, lastDay: to, step: step ?? undefined };
  return campaignReport(idOf(req), { now: context.clock.now(), timeZone: req.speak.timeZone, ...asked });
}

function queryOf(req: Request): string {
  const start = req.originalUrl.indexOf('?');
  return start < 0 ? '' : req.originalUrl.slice(start);
}

function fileName({ period }: CampaignReport, ending: string): string {
  return `report-${period.firstDay}-${period.lastDay}.${ending}`;
}
