/** An error with an HTTP status that web/problem.ts shows to a person. */
abstract class StatusError extends Error {
  abstract readonly status: number;

  constructor(message: string) {
    super(message);
    this.name = new.target.name;
  }
}

/** Thrown when the thing that was asked for does not exist or is not visible to this member. */
export class NotFound extends StatusError {
  readonly status = 404;
}

/** Thrown when this member's roles do not allow the action. */
export class Forbidden extends StatusError {
  readonly status = 403;
}

/** Thrown when somebody else changed the thing in between, or it is no longer in the state it was shown in. */
export class Conflict extends StatusError {
  readonly status = 409;
}

/** Thrown when a network could not be reached or answered with something we cannot use. */
export class Upstream extends StatusError {
  readonly status = 502;
}

/** Thrown when a setting or the machine keeps the program from starting; its message says what to do. */
export class CannotStart extends StatusError {
  readonly status = 500;
}
