import { startRehearsal } from '../../../server/rehearsal/start.ts';
import { crashNetwork } from '../../support/crash-networks.ts';
import { answer } from './talk.ts';

/** The stand-in for X in a process of its own: `network.ts <data directory> <answer time in ms>`. */
const [dataDir = '', answerMs = '0'] = process.argv.slice(2);
const rehearsal = await startRehearsal({ dataDir });
const stage = crashNetwork(rehearsal, 'x');
stage.lift();
rehearsal.x.setFaults([{ endpoint: 'createTweet', kind: 'slow', delayMs: Number(answerMs) }]);
const requests = () => rehearsal.x.ledger().requests;

answer({
  openAccount: (username: string) => stage.openAccount(username),
  countReceived: async () => requests().length,
  /** Text and moment of every request to post from this number on. */
  received: async (from: number) =>
    requests()
      .slice(from)
      .map(({ text, at }) => [text ?? '', Date.parse(at)]),
});
process.send?.(rehearsal.url);
