import { approveMessage } from '../../../server/actions/approve-message.ts';
import { askForReview } from '../../../server/actions/ask-for-review.ts';
import { assessHarm } from '../../../server/actions/assess-harm.ts';
import { draftMessage } from '../../../server/actions/draft-message.ts';
import type { Context } from '../../../server/context.ts';
import { HARM_QUESTIONS, type HarmQuestion, type Risk } from '../../../server/domain/assessment.ts';
import { checklistFor } from '../../../server/domain/checklist.ts';
import type { Message } from '../../../server/domain/message.ts';
import type { Cast } from '../../load-cast.ts';
import { ANSWERS, type DemoAnswer } from './answers.ts';
import type { Library } from './fill-library.ts';
import { SEGMENTS } from './library.ts';

interface Ground {
  campaigns: ReadonlyMap<string, string>;
  library: Library;
  /** Account ids by content language. */
  accounts: Readonly<Record<string, string>>;
}

/** The one answer that still waits for a second pair of eyes, so that a newcomer finds the review queue in use. */
const STILL_IN_REVIEW = 'room-for-the-night';

export const answerKey = ({ key }: DemoAnswer) => key;

/** Every answer, drafted by one person and approved by another. Returns the messages by key. */
export async function draftAndApprove(
  context: Context,
  cast: Cast,
  ground: Ground,
): Promise<ReadonlyMap<string, Message>> {
  const messages = new Map<string, Message>();
  for (const answer of ANSWERS) {
    const drafted = await draft(context, cast, { answer, ground });
    const asked = await askForReview(context, cast.drafter, {
      message: drafted._id,
      version: versionOf(drafted),
    });
    messages.set(
      answerKey(answer),
      answer.key === STILL_IN_REVIEW ? asked : await approve(context, cast, { answer, asked }),
    );
  }
  return messages;
}

function draft(
  context: Context,
  { drafter }: Cast,
  { answer, ground }: { answer: DemoAnswer; ground: Ground },
) {
  const { library, accounts } = ground;
  return draftMessage(context, drafter, {
    campaign: ground.campaigns.get(answer.campaign) ?? '',
    title: answer.title,
    type: answer.type,
    narrative: library.narratives[answer.narrative],
    segment: library.segments[answer.segment],
    messenger: library.messengers[answer.messenger],
    tone: answer.tone,
    strategies: answer.strategies,
    origin: 'human',
    humanEditor: null,
    callToAction: { text: answer.callToAction, service: 'Family helpline, day and night', isStaffed: true },
    variants: Object.entries(answer.texts).flatMap(([language, text]) =>
      versionsOf(answer, { language, text }).map((version) => ({
        _id: null,
        network: 'x',
        language,
        ...version,
        accounts: [accounts[language] ?? ''],
        images: answer.window ? [{ asset: library.window, altText: altTextOf(answer, language) }] : [],
      })),
    ),
  });
}

/** The text, or the arms of an experiment that it is one of. */
function versionsOf({ arms }: DemoAnswer, { language, text }: { language: string; text: string }) {
  const experiment = arms?.[language as 'en'];
  if (!experiment) return [{ text }];
  const { own, other } = experiment;
  return [
    { arm: own, text },
    { arm: other, text: experiment.text },
  ];
}

const altTextOf = ({ window }: DemoAnswer, language: string) => window?.[language as 'en'] ?? null;

async function approve(
  context: Context,
  { reviewer }: Cast,
  { answer, asked }: { answer: DemoAnswer; asked: Message },
): Promise<Message> {
  const { _id: message, contentHash } = asked;
  await assessHarm(context, reviewer, { message, contentHash, risks: HARM_QUESTIONS.map(riskOf) });
  const comment = 'Read aloud with two colleagues; nothing in it shames anybody.';
  const checked = checklistFor(asked, SEGMENTS[answer.segment].tier);
  return approveMessage(context, reviewer, { message, contentHash, comment, checked });
}

function riskOf(question: HarmQuestion): Risk {
  const affected = question === 'exposure' ? 'messenger-and-family' : 'audience';
  return {
    question,
    affected,
    likelihood: 2,
    severity: 3,
    mitigation: 'Two colleagues answer replies from 8 to 22 h; the helpline is staffed day and night.',
    owner: 'Rania Haddad',
    residualLikelihood: 1,
    residualSeverity: 3,
  };
}

/** Documents carry their version beside the fields of the domain. */
function versionOf(message: Message): number {
  return (message as Message & { version: number }).version;
}
