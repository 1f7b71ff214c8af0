import type { Role } from '../../domain/roles.ts';
import type { Beginnings } from '../../queries/todays-work.ts';
import { paths } from '../paths.ts';
import type { Speak } from '../speak.ts';

interface Step {
  key: string;
  path: string;
  isDone(beginnings: Beginnings): boolean;
}

const STEPS: Readonly<Partial<Record<Role, readonly Step[]>>> = {
  administrator: [
    { key: 'invite', path: paths.newMember, isDone: ({ members }) => members > 1 },
    { key: 'connect', path: paths.newAccount, isDone: ({ accounts }) => accounts > 0 },
  ],
  drafter: [
    { key: 'narrative', path: paths.newNarrative, isDone: ({ narratives }) => narratives > 0 },
    { key: 'campaign', path: paths.newCampaign, isDone: ({ campaigns }) => campaigns > 0 },
    { key: 'message', path: paths.newMessage, isDone: ({ messages }) => messages > 0 },
  ],
};

/** The first steps of these roles, the next one marked; null once all are done. */
export function firstSteps(roles: readonly Role[], beginnings: Beginnings, speak: Speak) {
  const steps = roles.flatMap((role) => STEPS[role] ?? []);
  const next = steps.find((step) => !step.isDone(beginnings));
  if (!next) return null;
  return steps.map((step) => ({
    label: speak.t(`today.step-${step.key}`),
    path: step.path,
    isDone: step.isDone(beginnings),
    isNext: step === next,
  }));
}

const BEGINNINGS: Readonly<Partial<Record<Role, readonly { key: string; path: string }[]>>> = {
  drafter: [
    { key: 'plan', path: paths.newCampaign },
    { key: 'draft', path: paths.newMessage },
    { key: 'answers', path: paths.answers },
  ],
  reviewer: [{ key: 'reviews', path: paths.reviews }],
  scheduler: [{ key: 'place', path: paths.newPost }],
  evaluator: [{ key: 'reports', path: paths.reports }],
};

/** Where somebody of these roles can begin while nothing of their own waits for them. */
export function beginnings(idle: readonly Role[], speak: Speak) {
  return idle
    .flatMap((role) => BEGINNINGS[role] ?? [])
    .map(({ key, path }) => ({ path, label: speak.t(`today.begin-${key}`) }));
}
