/**
 * What an agent's action comes to: whom the conversation is passed to, what the citizen and the colleagues read, and the
 * answer for whoever asked. A pure decision like the bot's; the mailroom saves and carries it out. Of two who claim one
 * conversation the second finds it held, because both are heard in its line, one after the other.
 */
import type { Conversation } from '../../domain/conversation';
import type { Decision } from '../../domain/decision';
import type { Effect, Speaker } from '../../domain/effect';
import type { QueueEntry } from '../../domain/queue';
import { placeOf, snippetOf } from '../../domain/queue';
import type { ActionAnswer, AgentAction, DeskAction, HouseAction, Outcome } from './action';

/** So long a closing can be taken back; the citizen hears of it only then. */
export const UNDO_MS = 10_000;
/** An agent may open again what they closed, for so long. */
const REOPEN_MS = 30 * 60_000;

export interface Colleague {
  id: string;
  name: string;
  isThere: boolean;
  serves(service: string): boolean;
}

export interface DeskLookups {
  now: Date;
  /** The product's own sentence in the language of the conversation. */
  t(id: string, fields?: Record<string, string>): string;
  /** A service inside a sentence. */
  serviceNamed(id: string): string;
  colleague(id: string): Promise<Colleague | null>;
  /** Whether somebody else than this agent wrote after a line: the citizen, or a colleague to them. */
  isNewsSince(line: number, agent: string): Promise<boolean>;
  /** A fresh reference of a numbered request. */
  reference: string;
  /** When the service opens next, in words; null while it is open, or when nobody knows. */
  opens(service: string): string | null;
  isOpen(service: string): boolean;
  /** Whether nobody has seen this agent for some time. */
  isGone(agent: string): Promise<boolean>;
}

/** Who acts: an agent, or the house. */
export interface Actor {
  id: string;
  name: string;
}

type Outlook = Pick<Decision, 'holder' | 'queue'> & { effects?: Effect[]; dialogs?: Conversation['memory']['dialogs'] };

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
  const { effects = [], dialogs, ...passed } = decided;
  const answer: ActionAnswer = { outcome: 'done' };
  return { memory: dialogs ? { ...memory, dialogs } : memory, ...passed, effects, why, answer: { ...answer } };
}

const answering = (answer: ActionAnswer) => ({ answer });
type Decided = Outlook | { answer: ActionAnswer };

function decide(action: DeskAction, by: Actor, conversation: Conversation, lookups: DeskLookups): Promise<Decided> | Decided {
  switch (action.kind) {
    case 'claim':
      return claim(by, conversation, lookups);
    case 'note':
      return noted(action.text, by, conversation);
    case 'reopen':
      return reopen(by, conversation, lookups);
    case 'transfer':
      return transfer(action, by, conversation, lookups);
    case 'say':
    case 'giveBack':
    case 'close':
    case 'park':
    case 'unpark':
      return asHolder(action, by, conversation, lookups);
    case 'lost':
    case 'closing':
    case 'settled':
      return ofTheHouse(action, conversation, lookups);
  }
}

function claim(by: Actor, { holder, queue, channel }: Conversation, { now, t }: DeskLookups): Decided {
  if (holder === 'agent' && queue?.agent)
    return answering(queue.agent === by.id ? { outcome: 'done' } : { outcome: 'taken', by: queue.agent });
  if (holder !== 'queue' || !queue) return answering({ outcome: 'not-waiting' });
  const { told, botAnswers, offer: _, ...entry } = queue;
  const waitedMs = Math.max(0, now.getTime() - Date.parse(queue.queuedAt));
  return {
    holder: 'agent',
    queue: { ...entry, agent: by.id, takenAt: now.toISOString() },
    effects: [
      // Whoever left a message does not sit before a screen; on a phone the answer itself says who answers.
      ...(botAnswers || !isScreen(channel) ? [] : [tell(t('queue.claimed', { name: firstName(by.name) }))]),
      { kind: 'recordQueue', what: 'taken', service: queue.service, ms: waitedMs, ...(told?.to ? { toldMinutes: told.to } : {}) },
    ],
    dialogs: [],
  };
}

function noted(text: string, by: Actor, { holder, queue = null }: Conversation): Decided {
  return { holder, queue, effects: [note(text, by)] };
}

async function transfer(
  { agent, service, note: words }: Extract<AgentAction, { kind: 'transfer' }>,
  by: Actor,
  { holder, queue }: Conversation,
  { now, t, colleague, serviceNamed }: DeskLookups,
): Promise<Decided> {
  if (holder === 'agent' && queue?.agent !== by.id) return answering({ outcome: 'taken', by: queue?.agent ?? '' });
  if (holder === 'bot' || !queue) return answering({ outcome: 'not-waiting' });
  const effects = words ? [note(words, by)] : [];
  if (agent) {
    const next = await colleague(agent);
    if (!next?.isThere || !next.serves(service ?? queue.service)) return answering({ outcome: 'nobody-there' });
    const { parkedAt: _, offer: __, told: ___, botAnswers: ____, ...entry } = queue;
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
  action: Extract<AgentAction, { kind: 'say' | 'giveBack' | 'close' | 'park' | 'unpark' }>,
  by: Actor,
  conversation: Conversation,
  { now, t, isNewsSince }: DeskLookups,
): Promise<Decided> {
  const { holder, queue } = conversation;
  if (holder !== 'agent' || !queue?.agent) return answering({ outcome: 'not-waiting' });
  if (queue.agent !== by.id) return answering({ outcome: 'taken', by: queue.agent });
  const { parkedAt: _, ...entry } = queue;
  switch (action.kind) {
    case 'say': {
      if (await isNewsSince(action.seenLine, by.id)) return answering({ outcome: 'seen-line' });
      const said: QueueEntry = { ...entry, awaitsReply: false, snippet: snippetOf(action.text) };
      const effects = [say(action.text, { kind: 'agent', id: by.id, name: by.name })];
      if (!action.thenClose) return { holder, queue: said, effects };
      return closed(said, action.thenClose, now, effects);
    }
    case 'giveBack':
      return {
        holder: 'bot',
        queue: null,
        effects: [tell(t('queue.given-back')), handled(queue, now)],
        dialogs: [],
      };
    case 'close':
      return closed(entry, action.outcome, now, []);
    case 'park':
      return { holder, queue: { ...entry, parkedAt: now.toISOString() } };
    case 'unpark':
      return { holder, queue: entry };
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

async function ofTheHouse(action: HouseAction, conversation: Conversation, lookups: DeskLookups): Promise<Decided> {
  const { holder, queue = null } = conversation;
  const asItIs: Outlook = { holder, queue };
  switch (action.kind) {
    case 'lost':
      if (holder !== 'agent' || !queue || queue.agent !== action.agent || !(await lookups.isGone(action.agent))) return asItIs;
      return {
        holder: 'queue',
        queue: backInLine(queue),
        effects: isScreen(conversation.channel) ? [tell(lookups.t('queue.lost'))] : [],
      };
    case 'closing':
      if (holder !== 'queue' || !queue || queue.botAnswers || lookups.isOpen(queue.service)) return asItIs;
      return becomeRequest(conversation, queue, lookups);
    case 'settled':
      return settle(action.closedAt, conversation, lookups);
  }
}

/** What still waits when its service closes becomes a numbered request; it keeps its place, and is first at the next opening. */
function becomeRequest(
  conversation: Conversation,
  queue: QueueEntry,
  { t, reference, serviceNamed, opens }: DeskLookups,
): Outlook {
  const { channel, address, memory } = conversation;
  const service = serviceNamed(queue.service);
  const when = opens(queue.service);
  const { told: _, ...entry } = queue;
  return {
    holder: 'queue',
    queue: { ...entry, ticket: reference, botAnswers: true },
    effects: [
      {
        kind: 'openTicket',
        reference,
        draft: {
          topic: 'talk_to_human',
          service: queue.service,
          title: t('person.title', { service }),
          priority: queue.priority === 'normal' ? 'normal' : 'high',
          answers: queue.subject ? [{ field: 'subject', label: t('person.subject.label'), text: queue.subject }] : [],
          files: [],
          ...(channel === 'sms' ? { contact: { kind: 'phone' as const, value: address } } : {}),
          language: memory.language,
          words: queue.subject,
          said: queue.summary,
        },
      },
      tell(
        when
          ? t('queue.closed', { reference, when, service: service.charAt(0).toLocaleUpperCase() + service.slice(1) })
          : t('queue.closed-for-long', { reference, service }),
      ),
    ],
  };
}

/** Ten seconds after a closing: one question, with one tap to answer. A text message costs, and asks nothing. */
async function settle(
  closedAt: string,
  { holder, queue, memory, channel }: Conversation,
  { t, colleague }: DeskLookups,
): Promise<Decided> {
  if (holder !== 'bot' || !queue || queue.closedAt !== closedAt) return { holder, queue: queue ?? null };
  const { settleAt: _, ...rest } = queue;
  const agent = queue.agent ? await colleague(queue.agent) : null;
  const isAsked =
    channel !== 'sms' && (queue.outcome === 'answered' || queue.outcome === 'redirected') && memory.dialogs.length === 0;
  if (!isAsked || !agent) return { holder, queue: rest };
  const choices = [t('yes'), t('no')];
  const asked = say(t('survey.ask', { name: firstName(agent.name) }), { kind: 'system' });
  asked.activity.suggestedActions = { actions: choices.map((title) => ({ type: 'imBack', title, value: title })) };
  return { holder, queue: rest, effects: [asked], dialogs: [{ dialog: 'survey', data: { service: queue.service } }] };
}

/** Waiting again, where it stood before. */
function backInLine(queue: QueueEntry): QueueEntry {
  const { agent: _, takenAt: __, parkedAt: ___, offer: ____, told: _____, ...entry } = queue;
  return { ...entry, place: placeOf(Date.parse(queue.queuedAt), queue.priority) };
}

function handled(queue: QueueEntry, now: Date): Effect {
  const ms = Math.max(0, now.getTime() - Date.parse(queue.takenAt ?? now.toISOString()));
  return { kind: 'recordQueue', what: 'handled', service: queue.service, ms };
}

function say(text: string, by: Speaker): Extract<Effect, { kind: 'say' }> {
  return { kind: 'say', activity: { type: 'message', text, textFormat: 'plain' }, by };
}

const tell = (text: string) => say(text, { kind: 'system' });

function note(text: string, { id, name }: Actor): Effect {
  return { kind: 'note', text, by: { kind: 'agent', id, name } };
}

/** Where somebody sees at once that something was said, and it costs nothing. */
function isScreen(channel: Conversation['channel']): boolean {
  return channel === 'web' || channel === 'botframework';
}

/** Citizens know a person of the town hall by the first name. */
function firstName(name: string): string {
  return name.split(' ')[0] ?? name;
}
