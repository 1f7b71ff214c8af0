import { CAP_AT_FIRST, CAP_LIMITS, type Exposure } from '../../domain/exposure.ts';
import type { OwnExposure } from '../../queries/own-exposure.ts';
import { blankForm } from '../forms/form-view.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

/** What one's own page says of the harmful things one opened. */
export function exposureView({ openedToday, cap, days }: OwnExposure, speak: Speak) {
  return {
    today:
      cap === null
        ? speak.t('exposure.today', { count: openedToday })
        : speak.t('exposure.today-of', { count: openedToday, cap }),
    days: days.map(({ day, count }) => ({
      day: speak.day(new Date(`${day}T00:00:00Z`)),
      count: speak.number(count),
    })),
    capHint: speak.t('exposure.cap-hint', { first: CAP_AT_FIRST }),
    limits: CAP_LIMITS,
  };
}

export function exposureCapForm({ cap }: OwnExposure) {
  return blankForm(paths.myExposureCap, { cap });
}

/** What the script of a page shows or does after it asked whether a veil may be opened. */
export function veilAnswer(reached: Exposure | null, speak: Speak) {
  if (!reached) return { isOpened: true };
  return {
    isOpened: false,
    sentence: speak.t('exposure.reached', { count: reached.openedToday }),
    button: speak.t('exposure.all-the-same'),
  };
}
