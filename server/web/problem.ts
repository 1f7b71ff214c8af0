import { randomBytes } from 'node:crypto';
import type { ErrorRequestHandler, Request } from 'express';
import { RuleViolation } from '../domain/rule-violation.ts';
import { NotFound } from '../errors.ts';
import type { Log } from '../log.ts';
import type { Speak } from './speak.ts';

interface Problem {
  status: number;
  /** Key under `app.problem`; its title and its advice. */
  kind: string;
  /** What happened, in words for a person. */
  detail: string;
  field?: string;
}

/** A no that belongs beside the form it came from: a rule of the domain, or somebody else who was faster. */
export function refusalOf(
  error: unknown,
  speak: Speak,
): { status: 422 | 409; text: string; field: string | undefined } | undefined {
  if (error instanceof RuleViolation) {
    return { status: 422, text: ruleSentence(error, speak), field: error.field };
  }
  const name = nameOf(error);
  if (name === 'VersionError') return { status: 409, text: speak.t('app.problem.changed'), field: undefined };
  if (name === 'Conflict') return { status: 409, text: (error as Error).message, field: undefined };
  return undefined;
}

/** Whatever no route knows. */
export function notFound(): never {
  throw new NotFound('');
}

/** Turns errors into a page or into `application/problem+json` (RFC 9457); details of our own failures stay here. */
export function problems(log: Log): ErrorRequestHandler {
  return (error, req, res, _next) => {
    if (res.headersSent) return res.destroy();
    const problem = problemOf(error, req.speak);
    const reference = problem.status >= 500 ? randomBytes(4).toString('hex') : null;
    if (reference) log.error({ err: error, reference, route: req.route?.path }, 'request failed');
    res.status(problem.status);
    const title = req.speak.t(`app.problem.${problem.kind}-title`);
    if (!wantsPage(req)) {
      const { status, detail, field } = problem;
      return res
        .type('application/problem+json')
        .send(JSON.stringify({ title, status, detail, field, reference: reference ?? undefined }));
    }
    return res.render('errors/show', {
      title,
      detail: problem.detail,
      advice: req.speak.t(`app.problem.${problem.kind}-advice`),
      reference,
      layout: req.member ? 'main' : 'plain',
    });
  };
}

/** Whether whoever asks wants a page rather than data. */
export function wantsPage(req: Request): boolean {
  return req.accepts(['html', 'application/problem+json', 'json']) === 'html';
}

function problemOf(error: unknown, speak: Speak): Problem {
  const said = (kind: string, status: number): Problem => ({
    status,
    kind,
    detail: (error as Error).message || speak.t(`app.problem.${kind}`),
  });
  const ours = (kind: string, status: number): Problem => ({
    status,
    kind,
    detail: speak.t(`app.problem.${kind}`),
  });

  const refusal = refusalOf(error, speak);
  if (refusal) {
    const { status, text, field } = refusal;
    return { status, kind: status === 409 ? 'changed' : 'rule', detail: text, ...(field ? { field } : {}) };
  }
  switch (nameOf(error)) {
    case 'NotFound':
    case 'CastError':
      return ours('missing', 404);
    case 'Forbidden':
      return said('forbidden', 403);
    case 'Upstream':
      return said('upstream', 502);
    case 'ValidationError':
      return ours('invalid', 422);
  }
  const status = (error as { status?: number }).status ?? 500;
  if (status === 413) return ours('too-large', 413);
  if (status === 429) return ours('too-often', 429);
  return status >= 400 && status < 500 ? ours('malformed', status) : ours('failed', 500);
}

function ruleSentence(violation: RuleViolation, speak: Speak): string {
  const key = `rules.${violation.rule}`;
  return speak.knows(key) ? speak.t(key, violation.values) : violation.message;
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : '';
}
