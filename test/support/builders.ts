import type { Account } from '../../server/domain/account.ts';
import type { Answer } from '../../server/domain/answer.ts';
import type { Asset } from '../../server/domain/asset.ts';
import type { AudienceSegment } from '../../server/domain/audience.ts';
import type { Campaign } from '../../server/domain/campaign.ts';
import type { Comment } from '../../server/domain/comment.ts';
import type { Import } from '../../server/domain/import.ts';
import type { Member } from '../../server/domain/member.ts';
import type { Message, VariantImage } from '../../server/domain/message.ts';
import type { Messenger } from '../../server/domain/messenger.ts';
import type { Narrative } from '../../server/domain/narrative.ts';
import { ROLES, type Role } from '../../server/domain/roles.ts';
import { Accounts } from '../../server/models/account.ts';
import { Answers } from '../../server/models/answer.ts';
import { Assessments } from '../../server/models/assessment.ts';
import { Assets, hashBytes } from '../../server/models/asset.ts';
import { AudienceSegments } from '../../server/models/audience.ts';
import { Campaigns } from '../../server/models/campaign.ts';
import { Comments } from '../../server/models/comment.ts';
import { newId } from '../../server/models/document.ts';
import { Imports } from '../../server/models/import.ts';
import { Members } from '../../server/models/member.ts';
import { hashContent, Messages } from '../../server/models/message.ts';
import { Messengers } from '../../server/models/messenger.ts';
import { Narratives } from '../../server/models/narrative.ts';
import { Reviews } from '../../server/models/review.ts';

let numbers = 0;
const next = () => {
  numbers += 1;
  return numbers;
};

/** A member with these roles; without any, one who holds all of them. */
export async function aMember(...roles: Role[]): Promise<Member> {
  const number = next();
  const held = roles.length > 0 ? roles : [...ROLES];
  const made = await Members.create({
    name: `Member ${number}`,
    email: `member${number}@example.org`,
    roles: held,
  });
  return made.toObject();
}

export async function aCampaign(fields: Partial<Campaign> = {}): Promise<Campaign> {
  const made = await Campaigns.create({ title: 'Come Home', createdBy: newId(), ...fields });
  return made.toObject();
}

export async function aNarrative(fields: Partial<Narrative> = {}): Promise<Narrative> {
  const made = await Narratives.create({
    claim: 'Your family will be proud of you',
    appeals: ['belonging'],
    circulation: 'Public posts and direct messages',
    severity: 4,
    grievance: 'Feeling unwanted at home',
    createdBy: newId(),
    ...fields,
  });
  return made.toObject();
}

/** A usable answer in English; each one says something else. */
export async function anAnswer(fields: Partial<Answer> = {}): Promise<Answer> {
  const made = await Answers.create({
    text: `My brother was promised a holiday, number ${next()}. Ask those who came back what they found there.`,
    language: 'en',
    strategies: ['question'],
    tone: 'empathic',
    source: { collection: 'Our own', key: '', knowledge: '' },
    createdBy: newId(),
    ...fields,
  });
  return made.toObject();
}

/** A file that waits for its mapping; nothing of it is stored. */
export async function anImport(fields: Partial<Import> = {}): Promise<Import> {
  const made = await Imports.create({
    name: 'answers.csv',
    sizeBytes: 100,
    container: 'csv',
    encoding: 'utf-8',
    columns: ['text', 'claim'],
    format: 'unknown',
    settings: { mapping: { text: 'text' }, language: 'en', severity: 3, collection: 'answers' },
    state: 'mapping',
    createdBy: newId(),
    ...fields,
  });
  return made.toObject();
}

export async function aSegment(fields: Partial<AudienceSegment> = {}): Promise<AudienceSegment> {
  const made = await AudienceSegments.create({
    name: 'Parents in Belgium and France',
    role: 'influencers',
    tier: 'primary',
    targeting: { countries: ['BE', 'FR'], languages: ['fr', 'en'], ageFrom: 30, ageTo: 65, topics: [] },
    createdBy: newId(),
    ...fields,
  });
  return made.toObject();
}

export async function aMessenger(fields: Partial<Messenger> = {}): Promise<Messenger> {
  const made = await Messengers.create({
    name: 'Three mothers',
    kind: 'family',
    consent: { scope: 'This campaign', networks: ['x'], givenOn: new Date('2014-08-01'), expiresOn: null },
    createdBy: newId(),
    ...fields,
  });
  return made.toObject();
}

/** An enabled, disclosed account on the rehearsal X. */
export async function anAccount(fields: Partial<Account> = {}): Promise<Account> {
  const number = next();
  const made = await Accounts.create({
    network: 'x',
    home: 'rehearsal',
    handle: `comehome_${number}`,
    displayName: 'Come Home',
    remoteId: String(1000 + number),
    timeZone: 'Europe/Brussels',
    state: 'enabled',
    disclosure: {
      operatorInProfile: true,
      automatedLabel: true,
      ownerNamed: true,
      checkedBy: newId(),
      checkedAt: new Date('2014-08-01'),
    },
    ...fields,
  });
  return made.toObject();
}

/** A draft with one English variant for X. */
export async function aMessage(fields: Partial<Message> = {}): Promise<Message> {
  const made = await Messages.create({
    campaign: fields.campaign ?? newId(),
    title: 'Three mothers',
    type: 'alternative-narrative',
    tone: 'testimonial',
    strategies: ['affiliation'],
    callToAction: { text: 'Call the helpline', service: 'Family helpline', isStaffed: true },
    variants: [
      {
        _id: newId(),
        network: 'x',
        language: 'en',
        text: 'Three mothers, one question: who told our children it was a holiday? Call us.',
        accounts: [],
      },
    ],
    writers: [],
    createdBy: newId(),
    ...fields,
  });
  return made.toObject();
}

/** An open comment on the whole of some text. */
export async function aComment(): Promise<Comment> {
  const { _id: message, variants } = await aMessage();
  const made = await Comments.create({
    message,
    variant: variants[0]?._id ?? newId(),
    text: 'Who answers at night?',
    author: newId(),
    createdAt: new Date('2014-10-01'),
  });
  return made.toObject();
}

/** A message whose approval on record speaks of its content as it is. */
export async function anApprovedMessage(fields: Partial<Message> = {}): Promise<Message> {
  return approved(await aMessage(fields), new Date('2014-10-01'));
}

/** The same message, with an approval of its content as it is that is on record. */
export async function approved(draft: Message, at: Date): Promise<Message> {
  const approval = { contentHash: hashContent(draft), reviewer: newId(), at };
  const saved = await Messages.findByIdAndUpdate(
    draft._id,
    { $set: { state: 'approved', approval, contentHash: approval.contentHash } },
    { returnDocument: 'after' },
  ).lean();
  if (!saved) throw new Error('the message was just created');
  await onRecord(saved);
  return saved;
}

/** An image of the library; its bytes say PNG and no more. */
export async function anAsset(fields: Partial<Asset> = {}): Promise<Asset> {
  const bytes = Buffer.from(`\x89PNG\r\n\x1a\n image ${next()}`, 'latin1');
  const made = await Assets.create({
    sha256: hashBytes(bytes),
    mimeType: 'image/png',
    width: 640,
    height: 480,
    size: bytes.length,
    altText: 'A table laid for four, one chair empty',
    origin: 'human',
    bytes,
    thumbnail: bytes,
    createdBy: newId(),
    ...fields,
  });
  const { bytes: _, thumbnail: __, ...words } = made.toObject();
  return words;
}

/** How a text carries an image. */
export function imageOf({ _id, sha256, altText }: Asset): VariantImage {
  return { asset: _id, sha256, altText };
}

/** The assessment that an approved message was approved on, and the decision. */
async function onRecord({ _id: message, contentHash, approval }: Message): Promise<void> {
  if (!approval) return;
  const about = { message, contentHash, createdAt: approval.at };
  await Assessments.create({ ...about, risks: [], assessor: approval.reviewer });
  await Reviews.create({
    ...about,
    decision: 'approve',
    outcome: 'approved',
    reviewer: approval.reviewer,
    isRecorded: true,
  });
}
