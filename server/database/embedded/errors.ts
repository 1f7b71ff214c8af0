/** MongoDB's codes, as drivers know them. */
const CODES = {
  InternalError: 1,
  BadValue: 2,
  NoSuchKey: 4,
  GraphContainsCycle: 5,
  Unauthorized: 13,
  TypeMismatch: 14,
  Overflow: 15,
  InvalidLength: 16,
  AuthenticationFailed: 18,
  IllegalOperation: 20,
  NamespaceNotFound: 26,
  IndexNotFound: 27,
  PathNotViable: 28,
  ConflictingUpdateOperators: 40,
  CursorNotFound: 43,
  NamespaceExists: 48,
  DollarPrefixedFieldName: 52,
  InvalidIdField: 53,
  EmptyFieldName: 56,
  CommandNotFound: 59,
  ImmutableField: 66,
  CannotCreateIndex: 67,
  InvalidOptions: 72,
  InvalidNamespace: 73,
  IndexOptionsConflict: 85,
  IndexKeySpecsConflict: 86,
  ExceededMemoryLimit: 146,
  CannotIndexParallelArrays: 171,
  QueryExceededMemoryLimitNoDiskUseAllowed: 292,
  CommandNotSupported: 115,
  ConversionFailure: 241,
  OperationFailed: 96,
  ShutdownInProgress: 91,
  MaxTimeMSExpired: 50,
  WriteConflict: 112,
  FailedToParse: 9,
  UnsupportedOpQueryCommand: 352,
  OutOfDiskSpace: 14031,
  BSONObjectTooLarge: 10334,
  DuplicateKey: 11000,
} as const;

export type CodeName = keyof typeof CODES;

/** A failure that the client is told about, with MongoDB's own code. */
export class CommandError extends Error {
  readonly code: number;
  readonly codeName: string;
  readonly detail: Record<string, unknown>;

  constructor(code: CodeName | number, message: string, detail: Record<string, unknown> = {}) {
    super(message);
    this.code = typeof code === 'number' ? code : CODES[code];
    this.codeName = typeof code === 'number' ? `Location${code}` : code;
    this.detail = detail;
  }
}

/** A refusal of something MongoDB has and this server leaves out; the sentence names the way out. */
export function notInSubset(what: string, code: CodeName | number = 'CommandNotSupported'): CommandError {
  return new CommandError(
    code,
    `${what} is not supported by the embedded database. Set MONGODB_URI to the address of a MongoDB server to use it.`,
  );
}
