/**
 * Waiting for a person: the conversation takes its place in the queue of a service, and the citizen hears how many are
 * before them and how long it takes, as far as that is known. What is known of the matter goes with it.
 */
import { toHubOf } from '../domain/desk/hub';
import type { QueueEntry } from '../domain/desk/queue';
import { type Outlook, outlookInWords, placeOf, snippetOf, toldOf } from '../domain/desk/queue';
import type { Service } from '../domain/town';
import type { Talk } from './dialog';

const LONGEST_SUBJECT = 160;
const LATELY_MS = 30 * 60_000;

export interface Matter {
  subject: string;
  /** What is known besides, line by line. */
  summary?: string[];
  priority?: QueueEntry['priority'];
  /** The numbered request that stands for it. */
  ticket?: string;
  /** When they are to be called back (ISO). */
  callAt?: string;
  /** The bot goes on answering meanwhile. */
  botAnswers?: true;
}

/** The place of this conversation in the queue from now on; one that waits already keeps the moment it began. */
export function entryFor(
  talk: Talk,
  service: Service,
  { subject, summary = [], priority: asked = 'normal', ticket, callAt: time, botAnswers }: Matter,
): QueueEntry {
  const { conversation, memory, lookups } = talk;
  const now = lookups.now.toISOString();
  const before = conversation.holder === 'queue' ? conversation.queue : null;
  const callAt = time ?? before?.callAt;
  // Nobody waits before the time they chose, but in danger.
  const began = before?.queuedAt ?? callAt ?? now;
  const queuedAt = asked === 'danger' && began > now ? now : began;
  const priority = before?.priority === 'danger' ? 'danger' : asked;
  const request = ticket ?? before?.ticket;
  const place = placeOf(Date.parse(queuedAt), priority);
  const last = before ? before.last : lastAgent(conversation.queue, lookups.now);
  return {
    service: service.id,
    language: memory.foreign ?? memory.language,
    subject: snippetOf(subject, LONGEST_SUBJECT),
    summary,
    snippet: snippetOf(talk.text),
    priority,
    queuedAt,
    // Who comes back shortly after has the old place.
    place: last && !before ? Math.min(conversation.queue?.place ?? place, place) : place,
    lastCitizenAt: now,
    awaitsReply: true,
    ...(request ? { ticket: request } : {}),
    ...(callAt ? { callAt } : {}),
    ...(botAnswers ? { botAnswers } : {}),
    ...(before?.offer ? { offer: before.offer } : {}),
    ...(before?.asked ? { asked: before.asked } : {}),
    ...(last ? { last } : {}),
    ...mentionsOf(conversation.queue),
  };
}

/** Colleagues who have not read yet that they were named. */
function mentionsOf(before: QueueEntry | null | undefined): Pick<QueueEntry, 'mentions' | 'mentionedAt'> {
  const { mentions, mentionedAt } = before ?? {};
  return mentions ? { mentions, mentionedAt } : {};
}

/** Who answered until lately knows the matter, and is asked first. */
function lastAgent(closed: QueueEntry | null | undefined, now: Date): QueueEntry['last'] {
  const { agent, closedAt: at } = closed ?? {};
  return agent && at && now.getTime() - Date.parse(at) < LATELY_MS ? { agent, at } : undefined;
}

/** Takes a place in the queue and says so. */
export function waitForPerson(talk: Talk, service: Service, outlook: Outlook, matter: Matter): void {
  const entry = entryFor(talk, service, matter);
  talk.memory.dialogs = talk.memory.dialogs.filter(({ dialog }) => dialog === 'danger');
  talk.memory.waiting = [];
  talk.passTo('queue', { ...entry, told: toldOf(outlook, talk.lookups.now.toISOString()) });
  const ask = matter.subject ? [] : [talk.t('queue.subject')];
  talk.say([talk.t('queue.waiting', { service: talk.named(service) }), outlookInWords(outlook, talk.t), ...ask].join(' '), {
    choices: waysOut(talk),
  });
}

/** Position and range of minutes, told again to whoever asks. */
export function tellOutlook(talk: Talk, outlook: Outlook): void {
  talk.say(outlookInWords(outlook, talk.t), { choices: waysOut(talk) });
}

function waysOut(talk: Talk): Array<{ title: string }> {
  return ['queue.message', 'person.callback', 'queue.leave'].map((id) => ({ title: talk.t(id) }));
}

/** One less to wait: the queue moves on, and how fast it does is what others are told. */
export function leaveQueue(talk: Talk, { service, queuedAt, hub: asked }: QueueEntry): void {
  const { hub } = talk.town;
  if (hub && asked === hub.name)
    talk.act({ kind: 'toHub', url: hub.url, activity: toHubOf(talk.conversation.id, { type: 'endOfConversation' }) });
  talk.passTo('bot', null);
  const ms = Math.max(0, talk.lookups.now.getTime() - Date.parse(queuedAt));
  talk.act({ kind: 'recordQueue', what: 'left', service, ms });
}
