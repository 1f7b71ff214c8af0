import { z } from 'zod';

const makeForm = z.strictObject({
  /** The same key makes the same post only once, for an hour. */
  keepsKeys: z.boolean().default(true),
  /** How errors are worded. */
  errors: z.enum(['json', 'html', 'empty']).default('json'),
  /** Whether the server tells what it allows. */
  tellsLimits: z.boolean().default(true),
  /** Whether several posts can be asked for at once, as Mastodon can since 4.3. */
  readsTogether: z.boolean().default(true),
  /** Whether uploads are taken first and prepared later. */
  preparesLater: z.boolean().default(false),
  /** Characters of a post. */
  textLimit: z.int().min(1).max(100_000).default(500),
});

export type MakeInput = z.input<typeof makeForm>;

/** Which make of server this is. It lives as long as the process. */
export class Make {
  #settings = makeForm.parse({});

  /** Replaces what was set before; throws a ZodError on what makes no sense. */
  set(input: MakeInput): void {
    this.#settings = makeForm.parse(input);
  }

  get current() {
    return this.#settings;
  }
}
