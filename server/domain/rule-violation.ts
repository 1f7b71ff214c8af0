export interface RuleViolationDetails {
  /** Name of the form field the rule speaks of. */
  readonly field?: string;
  /** Values for the translated sentence (`rules.<rule>` in the locales). */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The only error that the domain throws: a rule of the field was about to be broken. */
export class RuleViolation extends Error {
  /** Stable kebab-case name of the rule, also its key in the locales. */
  readonly rule: string;
  readonly field: string | undefined;
  readonly values: Readonly<Record<string, string | number>>;

  constructor(rule: string, message: string, details: RuleViolationDetails = {}) {
    super(message);
    this.name = 'RuleViolation';
    this.rule = rule;
    this.field = details.field;
    this.values = details.values ?? {};
  }
}
