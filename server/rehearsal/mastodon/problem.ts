/** A refusal, thrown by an endpoint. */
export class MastodonProblem extends Error {
  readonly status: number;
  readonly body: { error: string; error_description?: string };

  constructor(status: number, error: string, description?: string) {
    super(error);
    this.name = 'MastodonProblem';
    this.status = status;
    this.body = { error, ...(description && { error_description: description }) };
  }
}

export const notFound = () => new MastodonProblem(404, 'Record not found');
export const invalidToken = () => new MastodonProblem(401, 'The access token is invalid');
export const outOfScope = () => new MastodonProblem(403, 'This action is outside the authorized scopes');
export const tooMany = () => new MastodonProblem(429, 'Too many requests');
export const invalid = (what: string) => new MastodonProblem(422, `Validation failed: ${what}`);
