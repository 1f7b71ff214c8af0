import type { RequestHandler } from 'express';
import type { Context } from '../../context.ts';
import { activePause } from '../../queries/active-pause.ts';
import { countWaiting } from '../../queries/count-waiting.ts';
import { framePage } from '../presenters/frame.ts';

/** Lets the view engine ask for the frame, and only when it draws one: redirects and fragments need none. */
export function framing({ config }: Context): RequestHandler {
  return (req, res, next) => {
    res.locals.formToken = req.formToken ?? '';
    res.locals.openFrame = async () => {
      const { member } = req;
      const [waiting, pause] = member
        ? await Promise.all([countWaiting(member._id), activePause()])
        : [undefined, null];
      return framePage({ req, isRehearsal: config.rehearsal, waiting, pause });
    };
    next();
  };
}
