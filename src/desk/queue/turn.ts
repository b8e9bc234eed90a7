/**
 * What an agent's action comes to: whom the conversation is passed to, what the citizen and the colleagues read, and the
 * answer for whoever asked. A pure decision like the bot's; the mailroom saves and carries it out. Of two who claim one
 * conversation the second finds it held, because both are heard in its line, one after the other.
 */
import type { Conversation } from '../../domain/conversation';
import type { Decision } from '../../domain/decision';
import { isAtCounter } from '../../domain/desk/counter';
import { isHubAgent } from '../../domain/desk/hub';
import { mentionRead } from '../../domain/desk/mention';
import { awake, type QueueEntry, snippetOf } from '../../domain/desk/queue';
import type { Effect } from '../../domain/effect';
import type { ActionAnswer, AgentAction, DeskAction, Outcome } from './action';
import {
  type Actor,
  answering,
  backInLine,
  type Decided,
  type DeskLookups,
  firstName,
  handled,
  isScreen,
  note,
  type Outlook,
  offerOver,
  say,
  tell,
} from './decided';
import { hubFailed, ofTheHouse } from './house-turn';
import { mentioning, noted, whisper } from './notes';
import { reportAbuse } from './report-abuse';

/** So long a closing can be taken back; the citizen hears of it only then. */
export const UNDO_MS = 10_000;
/** An agent may open again what they closed, for so long. */
const REOPEN_MS = 30 * 60_000;

export async function deskTurn(
  action: DeskAction,
  by: Actor,
  conversation: Conversation,
  lookups: DeskLookups,
): Promise<Decision> {
  const decided = await decide(action, by, conversation, lookups);
  const { memory, holder, queue = null } = conversation;
  const why = { rule: `desk-${action.kind}`, heard: [] };
  if ('answer' in decided) return { memory, holder, queue, effects: [], why, answer: { ...decided.answer } };
  const { effects = [], dialogs, language, ...passed } = decided;
  const answer: ActionAnswer = { outcome: 'done' };
  return {
    memory: { ...memory, ...(dialogs && { dialogs }), ...(language && { language }) },
    ...passed,
    effects,
    why,
    answer: { ...answer },
  };
}

function decide(action: DeskAction, by: Actor, conversation: Conversation, lookups: DeskLookups): Promise<Decided> | Decided {
  switch (action.kind) {
    case 'claim':
      return claim(by, conversation, lookups);
    case 'refuse':
      return refuse(by, conversation);
    case 'hubFailed':
      return hubFailed(by, conversation, lookups);
    case 'note':
      return noted(action.text, by, conversation, lookups);
    case 'readMention':
      return { holder: conversation.holder, queue: conversation.queue ? mentionRead(conversation.queue, by.id) : null };
    case 'whisper':
      return whisper(action.text, by, conversation, lookups);
    case 'takeOver':
      return takeOver(by, conversation, lookups);
    case 'reopen':
      return reopen(by, conversation, lookups);
    case 'transfer':
      return transfer(action, by, conversation, lookups);
    case 'reportAbuse':
    case 'say':
    case 'template':
    case 'giveBack':
    case 'close':
    case 'park':
    case 'unpark':
      return asHolder(action, by, conversation, lookups);
    case 'begin':
    case 'lost':
    case 'offer':
    case 'offer-end':
    case 'tell':
    case 'due':
    case 'idle':
    case 'wake':
    case 'nobody':
    case 'left':
    case 'hand-over':
    case 'closing':
    case 'calm':
    case 'settled':
      return ofTheHouse(action, conversation, lookups);
  }
}

async function claim(
  by: Actor,
  { holder, queue, channel }: Conversation,
  { now, t, routing, colleague }: DeskLookups,
): Promise<Decided> {
  if (holder === 'agent' && queue?.agent)
    return answering(queue.agent === by.id ? { outcome: 'done' } : { outcome: 'taken', by: queue.agent });
  if (holder !== 'queue' || !queue) return answering({ outcome: 'not-waiting' });
  // Where conversations are offered nobody helps themselves, but in danger, or to look after a service.
  const isFree =
    isHubAgent(by.id) || routing(queue.service) !== 'offer' || queue.priority === 'danger' || queue.offer?.agent === by.id;
  if (!isFree && !(await colleague(by.id))?.supervises(queue.service)) return answering({ outcome: 'not-offered' });
  const { told, botAnswers, offer: _, asked: __, last: ___, ...entry } = queue;
  const waitedMs = Math.max(0, now.getTime() - Date.parse(queue.queuedAt));
  return {
    holder: 'agent',
    queue: { ...entry, agent: by.id, takenAt: now.toISOString() },
    effects: [
      // Whoever left a message does not sit before a screen; on a phone the answer itself says who answers.
      ...(botAnswers || !isScreen(channel) ? [] : [tell(t('queue.claimed', { name: firstName(by.name) }))]),
      {
        kind: 'recordQueue',
        what: 'taken',
        service: queue.service,
        ms: waitedMs,
        ...promised(told),
      },
    ],
    dialogs: [],
  };
}

/** The first time that was told is the one that counts. */
function promised(told: QueueEntry['told']): { toldMinutes?: number } {
  const minutes = told?.first ?? told?.to;
  return minutes ? { toldMinutes: minutes } : {};
}

function refuse(by: Actor, { holder, queue }: Conversation): Decided {
  if (holder !== 'queue' || queue?.offer?.agent !== by.id) return answering({ outcome: 'not-waiting' });
  return { holder, queue: offerOver(queue, 'refused') };
}

async function takeOver(by: Actor, { holder, queue }: Conversation, { now, t, colleague }: DeskLookups): Promise<Decided> {
  if (holder !== 'agent' || !queue?.agent) return answering({ outcome: 'not-waiting' });
  if (queue.agent === by.id) return answering({ outcome: 'done' });
  if (!(await colleague(by.id))?.supervises(queue.service)) return answering({ outcome: 'taken', by: queue.agent });
  return {
    holder,
    queue: { ...backInLine(queue), agent: by.id, takenAt: now.toISOString() },
    effects: [tell(t('queue.passed-to', { name: firstName(by.name) }))],
  };
}

async function transfer(
  { agent, service, note: words }: Extract<AgentAction, { kind: 'transfer' }>,
  by: Actor,
  { holder, queue: stood }: Conversation,
  lookups: DeskLookups,
): Promise<Decided> {
  const { now, t, colleague, serviceNamed } = lookups;
  // Who looks after a service gives what one of its agents holds to another.
  const isOthers = holder === 'agent' && stood?.agent !== by.id;
  if (isOthers && !(await colleague(by.id))?.supervises(stood?.service ?? ''))
    return answering({ outcome: 'taken', by: stood?.agent ?? '' });
  if (holder === 'bot' || !stood) return answering({ outcome: 'not-waiting' });
  const queue = await mentioning(stood, words, by, lookups);
  const effects = words ? [note(words, by)] : [];
  if (agent) {
    const next = await colleague(agent);
    if (!next?.isThere || !next.serves(service ?? queue.service)) return answering({ outcome: 'nobody-there' });
    const { botAnswers: _, ...entry } = backInLine(queue);
    return {
      holder: 'agent',
      queue: { ...entry, service: service ?? queue.service, agent: next.id, takenAt: now.toISOString() },
      effects: [...effects, tell(t('queue.passed-to', { name: firstName(next.name) }))],
    };
  }
  const to = service ?? queue.service;
  return {
    holder: 'queue',
    queue: backInLine({ ...queue, service: to }),
    effects: [...effects, ...(to === queue.service ? [] : [tell(t('queue.passed-on', { service: serviceNamed(to) }))])],
  };
}

async function asHolder(
  action: Extract<AgentAction, { kind: 'say' | 'template' | 'giveBack' | 'close' | 'park' | 'unpark' | 'reportAbuse' }>,
  by: Actor,
  conversation: Conversation,
  lookups: DeskLookups,
): Promise<Decided> {
  const { now, t, isNewsSince } = lookups;
  const { holder, queue } = conversation;
  if (holder !== 'agent' || !queue?.agent) return answering({ outcome: 'not-waiting' });
  if (queue.agent !== by.id) return answering({ outcome: 'taken', by: queue.agent });
  const entry = awake(queue);
  switch (action.kind) {
    case 'say': {
      // Nobody would read it.
      if (isAtCounter(conversation.channel)) return answering({ outcome: 'not-waiting' });
      if (await isNewsSince(action.seenLine, by.id)) return answering({ outcome: 'seen-line' });
      const said: QueueEntry = { ...entry, awaitsReply: false, saidAt: now.toISOString(), snippet: snippetOf(action.text) };
      const words = say(action.text, { kind: 'agent', id: by.id, name: by.name });
      if (action.files?.length) words.activity.attachments = action.files;
      const effects = [words];
      if (!action.thenClose) return { holder, queue: said, effects };
      return closed(said, action.thenClose, now, effects);
    }
    case 'template': {
      if (await isNewsSince(action.seenLine, by.id)) return answering({ outcome: 'seen-line' });
      const filled = lookups.template(action.template, action.values);
      if (!filled) return answering({ outcome: 'no-template' });
      const said: QueueEntry = { ...entry, awaitsReply: false, saidAt: now.toISOString(), snippet: snippetOf(filled.text) };
      const words = say(filled.text, { kind: 'agent', id: by.id, name: by.name });
      Object.assign(words.activity, { locale: filled.language, channelData: { template: filled.template } });
      return { holder, queue: said, effects: [words] };
    }
    case 'giveBack':
      return {
        holder: 'bot',
        queue: null,
        effects: [tell(t('queue.given-back')), handled(queue, now)],
        dialogs: [],
      };
    case 'close':
      if (action.seenLine !== undefined && (await isNewsSince(action.seenLine, by.id)))
        return answering({ outcome: 'seen-line' });
      return closed(entry, action.outcome, now, []);
    case 'park':
      return {
        holder,
        queue: { ...entry, parkedAt: now.toISOString(), ...(action.until ? { parkedUntil: action.until } : {}) },
      };
    case 'unpark':
      return { holder, queue: entry, effects: queue.calmUntil ? [tell(t('calm.over'))] : [] };
    case 'reportAbuse':
      return reportAbuse(action, by, conversation, queue, lookups);
  }
}

/** The citizen hears of it a little later, when it cannot be taken back by a key any more. */
function closed(entry: QueueEntry, outcome: Outcome, now: Date, effects: Effect[]): Outlook {
  const queue: QueueEntry = {
    ...entry,
    awaitsReply: false,
    closedAt: now.toISOString(),
    outcome,
    settleAt: now.getTime() + UNDO_MS,
  };
  return { holder: 'bot', queue, effects: [...effects, handled(entry, now)], dialogs: [] };
}

function reopen(by: Actor, { holder, queue }: Conversation, { now }: DeskLookups): Decided {
  if (holder === 'agent' && queue?.agent)
    return answering(queue.agent === by.id ? { outcome: 'done' } : { outcome: 'taken', by: queue.agent });
  if (holder !== 'bot' || !queue?.closedAt || queue.agent !== by.id) return answering({ outcome: 'not-waiting' });
  if (now.getTime() - Date.parse(queue.closedAt) > REOPEN_MS) return answering({ outcome: 'too-late' });
  const { closedAt: _, outcome: __, settleAt: ___, ...entry } = queue;
  return { holder: 'agent', queue: { ...entry, reopenedAt: now.toISOString() }, dialogs: [] };
}
