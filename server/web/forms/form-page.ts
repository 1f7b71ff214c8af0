import type { Request, RequestHandler, Response } from 'express';
import type { z } from 'zod';
import { refusalOf } from '../problem.ts';
import { blankForm, type FormView, flatten, refusedForm } from './form-view.ts';
import { readForm, typedValues } from './read-form.ts';

export interface FormPage<Schema extends z.ZodType> {
  schema: Schema;
  /** The view that shows the form, e.g. `members/new`. */
  view: string;
  /** Where the form is posted to. */
  action(req: Request): string;
  /** Everything of the page but the form; asked anew whenever the page is shown. */
  page(req: Request): object | Promise<object>;
  /** What the fields hold at first: nested, with dates, numbers, booleans and null. */
  initial?(req: Request): object | Promise<object>;
  /** Does what was asked and says where to go next; or answers by itself and returns nothing. */
  act(input: z.output<Schema>, req: Request, res: Response): Promise<string | undefined>;
  /** The model's name of the form, when a page has several. */
  as?: string;
  layout?: 'main' | 'plain';
}

/**
 * The two routes of a form. `submit` answers 303, or shows the same page again with everything that was typed:
 * 422 when a field or a rule of the domain says no, 409 when somebody else was faster.
 */
export function formPage<Schema extends z.ZodType>(
  form: FormPage<Schema>,
): { show: RequestHandler; submit: RequestHandler } {
  async function render(req: Request, res: Response, view: FormView): Promise<void> {
    const model = { ...(await form.page(req)), [form.as ?? 'form']: view };
    res.render(form.view, { ...model, layout: form.layout ?? 'main' });
  }

  async function refuse(
    req: Request,
    res: Response,
    refused: Omit<FormView, 'action' | 'errors'> & { formErrors: string[] },
  ) {
    await render(req, res, refusedForm({ ...refused, action: form.action(req) }));
  }

  return {
    show: async (req, res) => {
      await render(req, res, blankForm(form.action(req), await form.initial?.(req)));
    },
    submit: async (req, res) => {
      const read = readForm(form.schema, req.body, req.speak);
      if (!('input' in read)) return refuse(req, res.status(422), read);
      try {
        const next = await form.act(read.input, req, res);
        if (next !== undefined) res.redirect(303, next);
      } catch (error) {
        const refusal = refusalOf(error, req.speak);
        if (!refusal) throw error;
        const values = flatten(typedValues(req.body));
        const { field, text } = refusal;
        await refuse(req, res.status(refusal.status), {
          values,
          fieldErrors: field ? { [field]: text } : {},
          formErrors: field ? [] : [text],
        });
      }
    },
  };
}
