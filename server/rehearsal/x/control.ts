import express, { type ErrorRequestHandler, Router } from 'express';
import { z } from 'zod';
import { faultForm } from '../faults.ts';
import type { XNetwork } from './network.ts';

const faultsForm = z.strictObject({ faults: z.array(faultForm) });
const speedForm = z.strictObject({ speed: z.number().min(0).max(100_000) });
const clockForm = z.strictObject({ now: z.iso.datetime().nullable() });

/** What may be done behind the stage, over HTTP and in JSON, for workers, seeds and tests in other processes. */
export function createControl(network: XNetwork): Router {
  const control = Router();
  control.use(express.json({ limit: '30mb' }));

  control.get('/app', (_request, response) => void response.json(network.app()));
  control.get('/accounts', (_request, response) => void response.json({ accounts: network.accounts() }));
  // The network checks every input itself and throws what `explain` turns into an answer.
  control.post('/accounts', async (request, response) => {
    const keys = await network.registerAccount(request.body);
    // What a person would type in, for programs that connect the account to any network alike.
    response.status(201).json({ ...keys, credential: keys.oauth1 });
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
    network.setLimits(request.body);
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
