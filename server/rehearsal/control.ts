import express, { type ErrorRequestHandler, Router } from 'express';
import { z } from 'zod';
import { faultForm } from './faults.ts';
import type { Stage } from './stage.ts';

const faultsForm = z.strictObject({ faults: z.array(faultForm) });
const speedForm = z.strictObject({ speed: z.number().min(0).max(100_000) });
const clockForm = z.strictObject({ now: z.iso.datetime().nullable() });

/** A network as the control needs it; it checks every input itself. */
export interface Controlled extends Stage<never> {
  /** Opens an account and says, under `credential`, what a person would type in to connect it. */
  openAccount(input: unknown): Promise<object & { credential: Record<string, string> }>;
  accounts(): readonly object[];
  removeAccount(username: string): Promise<unknown>;
  /** Resolves to the id of the post. */
  publishBackdated(input: unknown): Promise<string>;
}

/** What may be done behind the stage, over HTTP and in JSON, for workers, seeds and tests in other processes. */
export function createControl(network: Controlled): Router {
  const control = Router();
  control.use(express.json({ limit: '30mb' }));

  control.get('/accounts', (_request, response) => void response.json({ accounts: network.accounts() }));
  // The network throws what `explain` turns into an answer.
  control.post('/accounts', async (request, response) => {
    response.status(201).json(await network.openAccount(request.body));
  });
  control.delete('/accounts/:username', async (request, response) => {
    await network.removeAccount(request.params.username);
    response.status(204).end();
  });
  control.post('/posts', async (request, response) => {
    response.status(201).json({ id: await network.publishBackdated(request.body) });
  });
  control.get('/ledger', (request, response) => {
    const { username } = request.query;
    response.json(network.ledger(typeof username === 'string' ? username : undefined));
  });
  control.put('/faults', (request, response) => {
    network.setFaults(faultsForm.parse(request.body).faults);
    response.status(204).end();
  });
  control.delete('/faults', (_request, response) => {
    network.clearFaults();
    response.status(204).end();
  });
  control.put('/limits', (request, response) => {
    network.setLimits(request.body as never);
    response.status(204).end();
  });
  control.put('/speed', async (request, response) => {
    await network.setSpeed(speedForm.parse(request.body).speed);
    response.status(204).end();
  });
  control.put('/clock', (request, response) => {
    const { now } = clockForm.parse(request.body);
    network.setClock(now === null ? null : new Date(now));
    response.status(204).end();
  });
  control.use(explain);
  return control;
}

const explain: ErrorRequestHandler = (error, _request, response, next) => {
  if (response.headersSent) return next(error);
  const status = error instanceof z.ZodError ? 422 : (error.status ?? 409);
  const detail = error instanceof z.ZodError ? z.prettifyError(error) : error.message;
  response
    .status(status)
    .type('application/problem+json')
    .send(JSON.stringify({ title: 'Not done', status, detail }));
};
