import { checkDisclosure } from '../../../server/actions/check-disclosure.ts';
import { closeCampaign } from '../../../server/actions/close-campaign.ts';
import { connectRehearsalAccount } from '../../../server/actions/connect-rehearsal-account.ts';
import { enableAccount } from '../../../server/actions/enable-account.ts';
import { measureDeliveries } from '../../../server/actions/measure-deliveries.ts';
import { publishLane } from '../../../server/actions/publish-lane.ts';
import { schedulePost } from '../../../server/actions/schedule-post.ts';
import { instantOf, wallTimeOf } from '../../../server/domain/calendar-time.ts';
import { laneOf } from '../../../server/domain/lane.ts';
import type { Message } from '../../../server/domain/message.ts';
import type { Cast } from '../../load-cast.ts';
import type { Stage } from '../../stage.ts';
import { ANSWERS } from './answers.ts';
import { CAMPAIGNS, TIMETABLE } from './campaigns.ts';
import { codeReplies } from './code-replies.ts';
import { answerKey, draftAndApprove } from './draft-and-approve.ts';
import { fillLibrary } from './fill-library.ts';
import { planCampaigns } from './plan-campaigns.ts';

const DAY = 24 * 60 * 60_000;
const HOUR = 60 * 60_000;
const ZONE = 'Europe/Brussels';
const LANGUAGES = { en: 'English', fr: 'Français', ar: 'العربية' } as const;
type Accounts = Record<keyof typeof LANGUAGES, string>;

interface Scene {
  at: Date;
  play(): Promise<unknown>;
}

/** A finished and a running campaign of the fictional Open Door Collective, up to `now` and two weeks beyond. */
export async function buildComeHome(stage: Stage, cast: Cast, now: Date): Promise<void> {
  const { context } = stage;
  const beginning = new Date(now.getTime() - 80 * DAY);
  await stage.setTo(beginning);
  const accounts = await openAccounts(stage, cast);
  const library = await fillLibrary(context, cast, beginning);
  const campaigns = await planCampaigns(context, cast, { library, now });
  const messages = await draftAndApprove(context, cast, { campaigns, library, accounts });

  const scenes = [
    ...postScenes(stage, cast, { messages, accounts, now }),
    ...endings(stage, cast, { campaigns, now }),
  ];
  for (const scene of scenes.sort((a, b) => a.at.getTime() - b.at.getTime())) {
    await stage.setTo(scene.at);
    await scene.play();
  }
  await stage.setTo(now);
  await Promise.all(
    TIMETABLE.filter(([, day]) => day > 0).map((entry) =>
      place(stage, cast, { entry, messages, accounts, now }),
    ),
  );
}

async function openAccounts({ context }: Stage, { administrator }: Cast): Promise<Accounts> {
  const opened: Partial<Accounts> = {};
  for (const [language, name] of Object.entries(LANGUAGES)) {
    const { _id } = await connectRehearsalAccount(context, administrator, {
      handle: `comehome_${language}`,
      displayName: `Come Home · ${name}`,
      description:
        'Open Door Collective (fictional). Partly automated, run by our staff. Paid by members and a city grant.',
      timeZone: ZONE,
      isDemo: true,
    });
    const seen = { operatorInProfile: true, automatedLabel: true, ownerNamed: true };
    await checkDisclosure(context, administrator, { account: _id, ...seen });
    await enableAccount(context, administrator, { account: _id });
    opened[language as keyof Accounts] = _id;
  }
  return opened as Accounts;
}

interface Placement {
  messages: ReadonlyMap<string, Message>;
  accounts: Accounts;
  now: Date;
}

function postScenes(stage: Stage, cast: Cast, placement: Placement): Scene[] {
  return TIMETABLE.filter(([, day]) => day < 0).flatMap((entry) => {
    const at = dueAt(entry, placement.now);
    const looks = [2 * HOUR, 8 * HOUR, DAY, 2 * DAY, 4 * DAY, 7 * DAY, 14 * DAY];
    return [
      { at, play: () => publish(stage, cast, { entry, ...placement }) },
      ...looks
        .map((age) => new Date(at.getTime() + age))
        .filter((look) => look < placement.now)
        .map((look) => ({ at: look, play: () => measureDeliveries(stage.context) })),
    ];
  });
}

/** The finished campaign ends with its replies coded and its lessons written down. */
function endings(
  { context }: Stage,
  cast: Cast,
  { campaigns, now }: { campaigns: ReadonlyMap<string, string>; now: Date },
): Scene[] {
  return CAMPAIGNS.filter(({ state }) => state === 'closed').map(({ key, endsInDays, lessons }) => ({
    at: new Date(now.getTime() + endsInDays * DAY),
    async play() {
      const campaign = campaigns.get(key) ?? '';
      await codeReplies(context, cast.evaluator, campaign);
      await closeCampaign(context, cast.drafter, { campaign, lessons });
    },
  }));
}

type Entry = (typeof TIMETABLE)[number];

async function place(
  { context }: Stage,
  { scheduler }: Cast,
  { entry, messages, accounts, now }: Placement & { entry: Entry },
) {
  const [key, day, time] = entry;
  const { message, language, arm } = answerOf(key, messages);
  const variant = message.variants.find((one) => one.language === language && (!arm || one.arm === arm));
  if (!variant) throw new Error(`${key} has no text`);
  return schedulePost(context, scheduler, {
    message: message._id,
    variant: variant._id,
    accounts: [accounts[language]],
    ...(day < 0 ? { publishNow: true } : { wallTime: wallTime(day, time, now) }),
  });
}

async function publish(stage: Stage, cast: Cast, placement: Placement & { entry: Entry }): Promise<void> {
  const post = await place(stage, cast, placement);
  for (const account of post.accounts) {
    await publishLane(stage.context, { lane: laneOf(account) }, new AbortController().signal);
  }
}

function answerOf(key: string, messages: Placement['messages']) {
  const [answer = '', language = '', arm] = key.split('/');
  const found = ANSWERS.find((one) => one.key === answer);
  const message = found && messages.get(answerKey(found));
  if (!message || !(language in LANGUAGES))
    throw new Error(`The timetable names ${key}, which nobody wrote.`);
  return { message, language: language as keyof Accounts, arm };
}

function wallTime(day: number, time: string, now: Date): string {
  return `${wallTimeOf(new Date(now.getTime() + day * DAY), ZONE).slice(0, 10)}T${time}`;
}

function dueAt([, day, time]: Entry, now: Date): Date {
  return instantOf(wallTime(day, time, now), ZONE, 'later');
}
