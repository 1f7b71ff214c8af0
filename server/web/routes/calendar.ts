import { Router } from 'express';
import type { Context } from '../../context.ts';
import { wallTimeOf } from '../../domain/calendar-time.ts';
import { mayDo } from '../../domain/roles.ts';
import { calendarChoices } from '../../queries/calendar-choices.ts';
import { calendarDeliveries } from '../../queries/calendar-deliveries.ts';
import { type CalendarAddress, calendarAddress, STATE_GROUPS } from '../forms/calendar.ts';
import { anyMember } from '../middleware/access.ts';
import { paths } from '../paths.ts';
import { calendarPage, daysOf } from '../presenters/calendar.ts';
import { currentMember } from '../request.ts';

const DAY_MS = 24 * 60 * 60_000;

/** The calendar: month, week and list, with its filters in the address. */
export function calendarRoutes(context: Context): Router {
  const routes = Router();
  routes.get(paths.calendar, anyMember(), async (req, res) => {
    const now = context.clock.now();
    const today = wallTimeOf(now, req.speak.timeZone).slice(0, 10);
    const address = calendarAddress(today).parse(req.query);
    const [deliveries, choices] = await Promise.all([
      calendarDeliveries(rangeOf(address)),
      calendarChoices(),
    ]);
    const mayPlace = mayDo(currentMember(req).roles, 'posts.schedule');
    res.render('calendar/index', calendarPage(deliveries, { address, choices, now, mayPlace }, req.speak));
  });
  return routes;
}

/** A day more on either side: accounts live in zones on both sides of UTC. */
function rangeOf(address: CalendarAddress) {
  const { account, campaign, language, state } = address;
  const days = daysOf(address);
  const first = Date.parse(`${days[0]}T00:00:00Z`);
  return {
    from: new Date(first - DAY_MS),
    to: new Date(first + (days.length + 1) * DAY_MS),
    ...(account ? { account } : {}),
    ...(campaign ? { campaign } : {}),
    ...(language ? { language } : {}),
    ...(state ? { states: STATE_GROUPS[state] } : {}),
  };
}
