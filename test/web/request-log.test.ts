import { expect } from 'chai';
import express from 'express';
import { pino } from 'pino';
import request from 'supertest';
import { requestLog } from '../../server/web/middleware/request-log.ts';
import { until } from '../support/until.ts';

describe('The log of requests', () => {
  it('is quiet about what went well, and tells what failed or was kept out, by pattern alone', async () => {
    const lines: { level: number; status: number; route: string }[] = [];
    const app = express();
    app.use(
      requestLog(pino({ level: 'debug' }, { write: (line: string) => void lines.push(JSON.parse(line)) })),
    );
    app.get('/answers/:status', (req, res) => void res.status(Number(req.params.status)).end());
    for (const status of [200, 403, 404, 500]) await request(app).get(`/answers/${status}`);
    await until(() => lines.length === 4, { what: 'four lines' });
    const { debug, info, warn } = pino.levels.values;
    expect(lines.map(({ level, status }) => [status, level])).to.deep.equal([
      [200, debug],
      [403, info],
      [404, debug],
      [500, warn],
    ]);
    expect(new Set(lines.map(({ route }) => route))).to.deep.equal(new Set(['/answers/:status']));
  });
});
