/**
 * What the house asks of a conversation, and what it comes to: an offer made or ended, an agent who is gone, a service that
 * closes, a closing that nobody took back. Each looks again whether it is still so, since it was asked a moment ago.
 */
import type { Conversation } from '../../domain/conversation';
import { isAtCounter } from '../../domain/desk/counter';
import { hubAgent, initiateOf } from '../../domain/desk/hub';
import {
  awake,
  isAwake,
  isIdle,
  isSilent,
  longestOf,
  outlookInWords,
  placeOf,
  type QueueEntry,
  toldOf,
} from '../../domain/desk/queue';
import type { Effect } from '../../domain/effect';
import { windowLeftMs } from '../../domain/message/whatsapp';
import { FOR_A_PERSON } from '../../domain/topic/topic';
import type { HouseAction } from './action';
import {
  type Actor,
  answering,
  backInLine,
  type Decided,
  type DeskLookups,
  firstName,
  isScreen,
  type Outlook,
  offerOver,
  say,
  tell,
} from './decided';

export async function ofTheHouse(action: HouseAction, conversation: Conversation, lookups: DeskLookups): Promise<Decided> {
  const { holder, queue = null } = conversation;
  const asItIs: Outlook = { holder, queue };
  switch (action.kind) {
    case 'begin': {
      if (queue) return asItIs;
      const { service, language } = action;
      const { now } = lookups;
      const place = placeOf(now.getTime(), 'normal');
      return {
        holder: 'queue',
        language,
        queue: { service, language, subject: '', queuedAt: now.toISOString(), place, priority: 'normal' },
      };
    }
    case 'lost':
      if (holder !== 'agent' || !queue || queue.agent !== action.agent || !(await lookups.isGone(action.agent))) return asItIs;
      return {
        holder: 'queue',
        queue: backInLine(queue),
        effects: isScreen(conversation.channel) ? [tell(lookups.t('queue.lost'))] : [],
      };
    case 'offer':
      if (holder !== 'queue' || !queue || queue.offer) return asItIs;
      return { holder, queue: { ...queue, offer: offerFor(action, lookups.now) } };
    case 'offer-end':
      if (holder !== 'queue' || queue?.offer?.id !== action.offer) return asItIs;
      if (action.how === 'missed' && queue.offer.until > lookups.now.toISOString()) return asItIs;
      return { holder, queue: offerOver(queue, action.how) };
    case 'tell': {
      const { told } = queue ?? {};
      if (holder !== 'queue' || !queue || queue.botAnswers || told?.at !== action.since) return asItIs;
      const isLonger = (longestOf(action.wait) ?? 0) > (told.to ?? Number.POSITIVE_INFINITY);
      const words = outlookInWords(action, lookups.t);
      return {
        holder,
        queue: { ...queue, told: toldOf(action, lookups.now.toISOString(), told) },
        effects: [tell(isLonger ? `${lookups.t('queue.longer')} ${words}` : words)],
      };
    }
    case 'due':
      if (holder !== 'queue' || !queue?.callAt || queue.callAt > lookups.now.toISOString()) return asItIs;
      return { holder, queue: { ...queue, isDue: true } };
    case 'idle':
      if (holder !== 'agent' || !queue || !isIdle(queue, lookups.now)) return asItIs;
      return { holder, queue: { ...queue, parkedAt: lookups.now.toISOString() } };
    case 'wake': {
      if (holder !== 'agent' || !queue || !isAwake(queue, lookups.now)) return asItIs;
      const { parkedAt: _, parkedUntil: __, ...entry } = queue;
      return { holder, queue: { ...entry, wokeAt: lookups.now.toISOString() } };
    }
    case 'calm': {
      if (holder !== 'agent' || queue?.calmUntil !== action.until) return asItIs;
      const wrote = (queue.lastCitizenAt ?? '') > (queue.parkedAt ?? '');
      return { holder, queue: { ...awake(queue), awaitsReply: wrote }, effects: [tell(lookups.t('calm.over'))] };
    }
    case 'nobody':
      if (holder !== 'queue' || !queue || queue.botAnswers || queue.hub) return asItIs;
      if (!(await lookups.isDeserted(queue.service))) return asItIs;
      return becomeRequest(conversation, queue, lookups, keptAs('queue.nobody', queue.service, lookups));
    case 'hand-over': {
      const hub = queue ? lookups.hub(queue.service) : undefined;
      if (holder !== 'queue' || !queue || !hub || queue.hub || queue.botAnswers) return asItIs;
      const activity = initiateOf(conversation.id, queue, await lookups.transcript());
      return { holder, queue: { ...queue, hub: hub.name }, effects: [{ kind: 'toHub', url: hub.url, activity }] };
    }
    case 'left':
      if (holder !== 'queue' || !queue || queue.botAnswers || !isSilent(conversation, lookups.now)) return asItIs;
      if (queue.subject || queue.summary?.length)
        return becomeRequest(conversation, queue, lookups, keptAs('queue.kept', queue.service, lookups));
      return leftAlone(queue, lookups);
    case 'closing':
      if (holder !== 'queue' || !queue || queue.botAnswers || lookups.isOpen(queue.service)) return asItIs;
      return becomeRequest(conversation, queue, lookups, closedWords(queue.service, lookups));
    case 'settled':
      return settle(action.closedAt, conversation, lookups);
  }
}

/** Nobody there goes on: it waits for the town hall's own people, or is kept as a request where it has none. */
export async function hubFailed(by: Actor, conversation: Conversation, lookups: DeskLookups): Promise<Decided> {
  const { holder, queue } = conversation;
  const isTheirs = holder === 'queue' || (holder === 'agent' && queue?.agent === by.id);
  if (!isTheirs || !queue?.hub || by.id !== hubAgent(queue.hub)) return answering({ outcome: 'not-waiting' });
  const { hub: _, ...back } = backInLine(queue);
  const entry: QueueEntry = { ...back, hubRefused: true };
  if (!(await lookups.isDeserted(queue.service)))
    return { holder: 'queue', queue: entry, effects: [tell(lookups.t('queue.lost'))] };
  return becomeRequest(conversation, entry, lookups, keptAs('queue.nobody', queue.service, lookups));
}

function offerFor({ offer: id, agent, forMs }: Extract<HouseAction, { kind: 'offer' }>, now: Date): QueueEntry['offer'] {
  return { id, agent, until: new Date(now.getTime() + forMs).toISOString() };
}

/** What waits and is not answered now becomes a numbered request; it keeps its place, and is first at the next opening. */
function becomeRequest(
  conversation: Conversation,
  queue: QueueEntry,
  { t, reference, serviceNamed }: DeskLookups,
  words: string,
): Outlook {
  const { channel, address, memory } = conversation;
  const service = serviceNamed(queue.service);
  const { told: _, offer: __, asked: ___, ...entry } = queue;
  return {
    holder: 'queue',
    queue: { ...entry, ticket: reference, botAnswers: true },
    effects: [
      {
        kind: 'openTicket',
        reference,
        draft: {
          topic: FOR_A_PERSON,
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
      tell(words),
    ],
  };
}

function closedWords(service: string, { t, reference, serviceNamed, opens }: DeskLookups): string {
  const when = opens(service);
  const named = serviceNamed(service);
  if (!when) return t('queue.closed-for-long', { reference, service: named });
  return t('queue.closed', { reference, when, service: named.charAt(0).toLocaleUpperCase() + named.slice(1) });
}

function keptAs(sentence: string, service: string, { t, reference, serviceNamed }: DeskLookups): string {
  return t(sentence, { reference, service: serviceNamed(service) });
}

/** Nothing is known of what they came for: closed as left, and the bot is there again when they come back. */
function leftAlone(queue: QueueEntry, { now, t }: DeskLookups): Outlook {
  const { offer: _, asked: __, told: ___, ...entry } = queue;
  const ms = Math.max(0, now.getTime() - Date.parse(queue.queuedAt));
  return {
    holder: 'bot',
    queue: { ...entry, closedAt: now.toISOString(), outcome: 'left', awaitsReply: false },
    effects: [tell(t('queue.gone')), { kind: 'recordQueue', what: 'left', service: queue.service, ms }],
    dialogs: [],
  };
}

/** Ten seconds after a closing: one question, with one tap to answer. A text message costs, and asks nothing. */
async function settle(
  closedAt: string,
  { holder, queue, memory, channel }: Conversation,
  { now, t, colleague }: DeskLookups,
): Promise<Decided> {
  if (holder !== 'bot' || !queue || queue.closedAt !== closedAt) return { holder, queue: queue ?? null };
  const { settleAt: _, ...rest } = queue;
  const agent = queue.agent ? await colleague(queue.agent) : null;
  const isAnswered = queue.outcome === 'answered' || queue.outcome === 'redirected';
  const effects: Effect[] =
    isAnswered && queue.ticket && agent
      ? [{ kind: 'answerTicket', reference: queue.ticket, text: queue.snippet ?? '', by: { id: agent.id, name: agent.name } }]
      : [];
  // After a day of silence WhatsApp lets no question through, and nobody answers one that they never got.
  const isReached = channel !== 'whatsapp' || !memory.touchedAt || windowLeftMs(new Date(memory.touchedAt), now) > 0;
  const isAsked = channel !== 'sms' && !isAtCounter(channel) && isAnswered && isReached && memory.dialogs.length === 0;
  if (!isAsked || !agent) return { holder, queue: rest, effects };
  const choices = [t('yes'), t('no')];
  const asked = say(t('survey.ask', { name: firstName(agent.name) }), { kind: 'system' });
  asked.activity.suggestedActions = { actions: choices.map((title) => ({ type: 'imBack', title, value: title })) };
  return { holder, queue: rest, effects: [...effects, asked], dialogs: [{ dialog: 'survey', data: { service: queue.service } }] };
}
