import { trusted } from 'mongoose';
import type { Answer } from '../domain/answer.ts';
import { Answers, answerWithDerived } from './answer.ts';

type Twin = Pick<Answer, '_id' | 'text' | 'standing'>;

/**
 * The answers that would become one when narratives merge, because they say the same words to what is then the same
 * claim, and of which some are refused and others usable; a list for each such answer.
 */
export async function twinsOfTwoStandings(into: string, others: readonly string[]): Promise<Twin[][]> {
  const moving = await Answers.find({ narrative: trusted({ $in: [...others] }) })
    .select('text language source tags standing')
    .lean<Answer[]>();
  const byIdentity = new Map<string, Twin[]>();
  const add = (identity: string, { _id, text, standing }: Twin) => {
    byIdentity.set(identity, [...(byIdentity.get(identity) ?? []), { _id, text, standing }]);
  };
  for (const answer of moving) add(answerWithDerived({ ...answer, narrative: into }).identity, answer);
  const staying = await Answers.find({
    identity: trusted({ $in: [...byIdentity.keys()] }),
    _id: trusted({ $nin: moving.map(({ _id }) => _id) }),
  })
    .select('identity text standing')
    .lean<Answer[]>();
  for (const answer of staying) add(answer.identity, answer);
  return [...byIdentity.values()].filter((twins) => new Set(twins.map(({ standing }) => standing)).size > 1);
}
