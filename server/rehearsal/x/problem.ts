const PROBLEMS = 'https://api.twitter.com/2/problems';

export interface ProblemBody {
  title: string;
  detail: string;
  type: string;
  status: number;
  [key: string]: unknown;
}

/** A refusal, thrown by an endpoint and answered as application/problem+json. */
export class XProblem extends Error {
  readonly body: ProblemBody;

  constructor(body: ProblemBody) {
    super(body.detail);
    this.name = 'XProblem';
    this.body = body;
  }
}

/** The request itself is wrong: `message` says how, `parameters` where. */
export function invalidRequest(message: string, parameters: Record<string, string[]> = {}): XProblem {
  return new XProblem({
    errors: [{ parameters, message }],
    title: 'Invalid Request',
    detail: 'One or more parameters to your request was invalid.',
    type: `${PROBLEMS}/invalid-request`,
    status: 400,
  });
}

export function unauthorized(): XProblem {
  return new XProblem({ title: 'Unauthorized', detail: 'Unauthorized', type: 'about:blank', status: 401 });
}

export function forbidden(detail: string): XProblem {
  return new XProblem({ title: 'Forbidden', detail, type: 'about:blank', status: 403 });
}

export function notFound(): XProblem {
  return new XProblem({ title: 'Not Found', detail: 'Not Found', type: 'about:blank', status: 404 });
}

export function tooManyRequests(): XProblem {
  return new XProblem({
    title: 'Too Many Requests',
    detail: 'Too Many Requests',
    type: 'about:blank',
    status: 429,
  });
}

export function serverError(status: number): XProblem {
  const title = status === 503 ? 'Service Unavailable' : 'Internal Server Error';
  return new XProblem({ title, detail: title, type: 'about:blank', status });
}

/** One item of the `errors` beside the data: something that was asked for by id is not there. */
export function missing(
  kind: 'tweet' | 'user' | 'media',
  id: string,
  parameter: string,
): Record<string, unknown> {
  return {
    value: id,
    detail: `Could not find ${kind} with ${parameter}: [${id}].`,
    title: 'Not Found Error',
    resource_type: kind,
    parameter,
    resource_id: id,
    type: `${PROBLEMS}/resource-not-found`,
  };
}

/** One item of the `errors` beside the data: a figure that only the author may see, and only for 30 days. */
export function fieldDenied(id: string, field: string, parameter: string): Record<string, unknown> {
  return {
    resource_type: 'tweet',
    field,
    parameter,
    resource_id: id,
    title: 'Field Authorization Error',
    section: 'data',
    detail: `Sorry, you are not authorized to access '${field}' on the Tweet with ${parameter} : [${id}].`,
    value: id,
    type: `${PROBLEMS}/not-authorized-for-field`,
  };
}
