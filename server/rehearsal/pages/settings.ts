import { z } from 'zod';
import { FAULT_KINDS, type Fault, faultForm } from '../faults.ts';
import type { PageCall } from './page-call.ts';
import type { Scene } from './scene.ts';

const speeds: readonly (readonly [number, string])[] = [
  [0, 'Not at all: the audience waits'],
  [1, 'As people do'],
  [60, 'A minute a second'],
  [600, 'Ten minutes a second'],
  [3600, 'An hour a second'],
];

const kindWords: Record<Fault['kind'], string> = {
  slow: 'Slow: held up',
  reset: 'Connection reset',
  error: 'Server error (503)',
  'cut-body': 'Answer breaks off',
  html: 'Server error as a web page',
  unauthorised: 'Not authorised (401)',
  limited: 'Rate limit reached (429)',
};

const momentWords = { before: 'Before acting', after: 'After acting: it is done all the same' };

const optionalNumber = z.preprocess(
  (text) => (text === '' ? undefined : Number(text)),
  z.number().optional(),
);

const changeForm = (endpoints: readonly string[]) =>
  z.discriminatedUnion('change', [
    z.object({ change: z.literal('speed'), speed: z.coerce.number().min(0).max(100_000) }),
    z.object({ change: z.literal('clear-faults') }),
    z.object({
      change: z.literal('switches'),
      on: z.preprocess((on) => (on === undefined ? [] : [on].flat()), z.array(z.string())),
    }),
    z.object({
      change: z.literal('add-fault'),
      endpoint: z.enum(['*', ...endpoints]),
      kind: z.enum(FAULT_KINDS),
      moment: z.enum(['before', 'after']),
      count: optionalNumber,
      probability: optionalNumber,
      delayMs: optionalNumber,
    }),
  ]);

type Values = Record<string, unknown>;

const untouched = ({ publishing }: Scene): Values => ({
  endpoint: publishing,
  kind: 'reset',
  moment: 'after',
  count: '1',
  probability: '1',
  delayMs: '0',
});

/** GET …/settings */
export function showSettings(call: PageCall): void {
  renderSettings(call, untouched(call.scene));
}

/** POST …/settings: changes the speed or the switches, adds a fault or clears them all. */
export async function changeSettings(call: PageCall): Promise<void> {
  const { scene, request, response } = call;
  const parsed = changeForm(scene.endpoints).safeParse(request.body ?? {});
  const error = parsed.success ? await apply() : z.prettifyError(parsed.error);
  if (error === null) {
    response.redirect(303, `${scene.path}/settings`);
    return;
  }
  response.status(422);
  renderSettings(call, { ...untouched(scene), ...(request.body as Values) }, error);

  async function apply(): Promise<string | null> {
    if (!parsed.success) return null;
    const form = parsed.data;
    if (form.change === 'speed') await scene.stage.setSpeed(form.speed);
    if (form.change === 'clear-faults') scene.stage.clearFaults();
    if (form.change === 'switches') scene.switches?.set(form.on);
    if (form.change !== 'add-fault') return null;
    const { change: _change, ...asked } = form;
    const fault = faultForm.safeParse(
      Object.fromEntries(Object.entries(asked).filter(([, value]) => value !== undefined)),
    );
    if (!fault.success) return z.prettifyError(fault.error);
    scene.stage.setFaults([...scene.faults.list(), fault.data]);
    return null;
  }
}

function renderSettings({ scene, render }: PageCall, values: Values, error: string | null = null): void {
  const choices = (pairs: readonly (readonly [string | number, string])[], current: unknown) =>
    pairs.map(([value, label]) => ({ value, label, isCurrent: String(value) === String(current) }));
  const known = speeds.some(([speed]) => speed === scene.tempo.speed);
  const own = [scene.tempo.speed, `${scene.tempo.speed} times as fast as people do`] as const;
  const model = {
    error,
    values,
    settingsHref: `${scene.path}/settings`,
    speeds: choices(known ? speeds : [...speeds, own], scene.tempo.speed),
    switches: scene.switches && { title: scene.switches.title, list: scene.switches.list() },
    faults: scene.faults.list().map(viewFault),
    endpoints: choices(
      [['*', 'All endpoints'], ...scene.endpoints.map((name) => [name, name] as const)],
      values.endpoint,
    ),
    kinds: choices(Object.entries(kindWords), values.kind),
    moments: choices(Object.entries(momentWords), values.moment),
  };
  render('settings', { title: 'Settings' }, model);
}

function viewFault({ endpoint, kind, moment, count, probability, delayMs }: Fault) {
  const often = count ? `the next ${count}` : 'always';
  return {
    endpoint: endpoint === '*' ? 'All endpoints' : endpoint,
    what: kindWords[kind] + (delayMs > 0 ? `, after ${delayMs} ms` : ''),
    when: momentWords[moment],
    often: probability < 1 ? `${often}, with probability ${probability}` : often,
  };
}
