import type { Conversation } from '../../domain/conversation';
import type { ProposeAnswer } from '../../domain/decision';
import { type Agent, holds } from '../../domain/desk/agent';
import { isAtCounter } from '../../domain/desk/counter';
import type { HeardIntent } from '../../domain/language/heard';
import type { Attachment } from '../../domain/message/activity';
import { isFor } from '../../domain/message/readers';
import { windowLeftMs } from '../../domain/message/whatsapp';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Calendar, Town, Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Drafts } from '../../store/rows/desk/drafts';
import type { Leaving, LeavingRows } from '../../store/rows/desk/leaving';
import type { Mail } from '../../store/rows/mail';
import type { Tickets } from '../../store/rows/tickets';
import type { Line as Row, Transcript } from '../../store/rows/transcript';
import type { Trail } from '../people/trail';
import { type LineLooks, presentFile, presentLine, presentRow, type Scene, topicTitle } from '../present/conversation';
import { type Delivered, deliveryOf, onPage } from '../present/delivery';
import { mayRead, type Scenes, type Standing, type Surroundings } from '../present/scenes';
import { presentAnswer, presentTicketRow } from '../present/ticket';
import { OUTCOMES } from '../queue/action';
import { ticketsOfCitizen } from '../tickets/of-citizen';
import type { ActionKind, ConversationDetail, LeavingAnswer, Line } from '../wire';
import type { Frame } from './frame';

/** Conversations that a list hands over at a time. */
export const PAGE = 100;
const LINES = 100;
/** Less sure, a topic's answer is none to suggest. */
const LIKELY = 0.4;
const MOST_LINKED = 10;
/** Conversations of a town in which somebody is named and has not read it. */
const MOST_MENTIONING = 2000;

export interface ConversationParts {
  frame: Frame;
  conversations: Conversations;
  transcript: Transcript;
  mail: Pick<Mail, 'outbox'>;
  tickets: Tickets;
  drafts: Drafts;
  leaving: LeavingRows;
  agents: Agents;
  towns: Towns;
  calendar: Calendar;
  scenes: Scenes;
  trail: Trail;
  proposeAnswer: ProposeAnswer;
  /** The number of the last change that anybody was told of. */
  seq(town: string): Promise<number>;
  fileUrl(conversation: string, contentUrl: string | undefined): string | null;
  clock: () => Date;
}

/** `after`: where the page before ended. */
export interface ListAsked {
  list: 'queue' | 'mine' | 'parked' | 'closed' | 'mentions';
  after?: string;
}

export type ConversationReads = ReturnType<typeof createConversationReads>;

/** What an agent may do with a conversation as it stands. */
export function mayDo(agent: Agent, { holder, queue, channel }: Conversation, { services }: Town): ActionKind[] {
  if (!queue || !holds(agent, 'agent', queue.service)) return [];
  if (holder === 'queue') {
    if (queue.offer?.agent === agent.id) return ['claim', 'refuse', 'note', 'transfer'];
    const isOffered = services.find(({ id }) => id === queue.service)?.routing === 'offer' && queue.priority !== 'danger';
    return isOffered && !holds(agent, 'supervisor', queue.service) ? ['note'] : ['claim', 'note', 'transfer'];
  }
  if (holder === 'bot') return queue.closedAt && queue.agent === agent.id ? ['reopen', 'note'] : ['note'];
  return queue.agent === agent.id
    ? [
        ...(isAtCounter(channel) ? [] : (['say'] as const)),
        ...(channel === 'whatsapp' ? (['template'] as const) : []),
        'note',
        'transfer',
        'giveBack',
        'close',
        queue.parkedAt ? 'unpark' : 'park',
        'reportAbuse',
      ]
    : holds(agent, 'supervisor', queue.service)
      ? ['note', 'transfer', 'whisper', 'takeOver']
      : ['note'];
}

export const outcomesIn = ({ t }: Scene) => OUTCOMES.map((outcome) => ({ id: outcome, name: t(`desk.outcome.${outcome}`) }));

/** Whether their words arrived is looked at for so many of the last lines. */
const MOST_FOLLOWED = 20;

export function createConversationReads({
  conversations,
  transcript,
  mail,
  tickets,
  drafts,
  leaving,
  towns,
  scenes,
  proposeAnswer,
  fileUrl,
  clock,
}: ConversationParts) {
  /** The conversation, where this agent may see it. */
  async function readable(agent: Agent, id: string): Promise<Conversation | null> {
    const conversation = (await conversations.find(id))?.conversation;
    return conversation && mayRead(agent, conversation) ? conversation : null;
  }

  /** Lines as the desk shows them, with what became of those that people of the town hall wrote. */
  async function linesOf(
    town: Town,
    reader: Agent,
    { id, channel, reachedLine = 0, readLine = 0 }: Conversation,
    all: Row[],
  ): Promise<Line[]> {
    const rows = all.filter((row) => isFor(row, reader.id));
    const looks = looksOf(town, reader, id);
    const written = rows.filter(({ from }) => from === 'agent').slice(-MOST_FOLLOWED);
    const states = await Promise.all(
      written.map(async (row): Promise<[string, Delivered]> => {
        if (channel === 'web') return [row.id, onPage(row.line, reachedLine, readLine)];
        const letter = await mail.outbox.get(row.id);
        // What could not arrive there and went another way has arrived when that has.
        const other = letter?.fallback ? await mail.outbox.get(letter.fallback) : null;
        return [row.id, letter ? deliveryOf(other ?? letter) : { delivery: 'sent' }];
      }),
    );
    const byId = new Map(states);
    return rows.map((row) => ({ ...presentLine(row, looks), ...byId.get(row.id) }));
  }

  const looksOf = (town: Town, reader: Agent, conversation: string): LineLooks => ({
    coveredIn: scenes.coveredFor(town, reader),
    title: (topic) => topicTitle(towns, town, topic, reader.settings.language),
    fileUrl: (attachment) => fileUrl(conversation, attachment.contentUrl),
  });

  async function detailOf(agent: Agent, surroundings: Surroundings, conversation: Conversation): Promise<ConversationDetail> {
    const { town } = surroundings;
    const scene = scenes.sceneFor(surroundings, agent);
    const { id, channel, address, queue, lines } = conversation;
    const [rows, own, begun, onTheWay] = await Promise.all([
      transcript.before(id, lines + 1, LINES),
      ticketsOfCitizen(tickets, { channel, address }, agent, town),
      drafts.of(agent.id, id),
      leaving.of(agent.id, id),
    ]);
    const looks = looksOf(town, agent, id);
    const heard = rows.findLast(({ from, why }) => from === 'citizen' && (why?.heard.length ?? 0) > 0)?.why?.heard ?? [];
    const { tickets: visible, total: ticketsTotal } = own;
    const asked = visible.find(({ reference }) => reference === queue?.ticket);
    return {
      conversation: presentRow(conversation, scene),
      lines: await linesOf(town, agent, conversation, rows),
      hasEarlier: (rows[0]?.line ?? 1) > 1,
      summary: (queue?.summary ?? []).map(scene.cover),
      answers: (asked?.answers ?? []).map((answer) => {
        const { label, value } = presentAnswer(answer, towns.topic(town.id, asked?.topic ?? ''), scene.language);
        return { label, value: scene.cover(value) };
      }),
      tickets: visible.map((ticket) => presentTicketRow(ticket, { town, towns, language: scene.language })),
      ticketsTotal,
      others: await othersOf(agent, conversation, visible, scene),
      suggestions: await suggestionsFor(conversation, heard, looks),
      leaving: onTheWay.map((one) => presentLeaving(one, clock(), looks)),
      drafts: begun,
      ...windowOf(conversation, clock()),
      may: mayDo(agent, conversation, town),
      outcomes: outcomesIn(scene),
    };
  }

  /** What the bot would have answered, in the conversation's language. */
  async function suggestionsFor(
    { town, channel, address, queue, memory }: Conversation,
    heard: HeardIntent[],
    { title }: LineLooks,
  ): Promise<ConversationDetail['suggestions']> {
    const language = queue?.language ?? memory.language;
    const likely = heard.filter(({ confidence }) => confidence >= LIKELY);
    const texts = await Promise.all(
      likely.map(({ topic }) => proposeAnswer({ town, channel, address, language }, topic, clock())),
    );
    return likely.flatMap(({ topic }, n) => {
      const text = texts[n];
      return text ? [{ topic, title: title(topic), text }] : [];
    });
  }

  async function othersOf(
    agent: Agent,
    { id }: Conversation,
    known: Ticket[],
    scene: Scene,
  ): Promise<ConversationDetail['others']> {
    const ids = [...new Set(known.map((ticket) => ticket.conversation))].filter((one) => one !== id).slice(0, MOST_LINKED);
    const found = await Promise.all(ids.map((one) => readable(agent, one)));
    return found
      .flatMap((one) => one ?? [])
      .map((one) => ({ id: one.id, channel: one.channel, at: one.updatedAt, subject: presentRow(one, scene).subject }))
      .sort((one, other) => (one.at < other.at ? 1 : -1));
  }

  async function listOf(agent: Agent, standing: Standing, { list, after }: ListAsked): Promise<Conversation[]> {
    const mine = standing.held.filter(({ queue }) => queue?.agent === agent.id);
    switch (list) {
      case 'queue':
        return standing.waiting;
      case 'mine':
        return mine.filter(({ queue }) => !queue?.parkedAt);
      case 'parked':
        return mine.filter(({ queue }) => queue?.parkedAt);
      case 'closed':
        return conversations.closed(standing.town.id, after ?? clock().toISOString(), 5 * PAGE);
      case 'mentions':
        return (await conversations.mentioning(standing.town.id, MOST_MENTIONING)).filter(({ queue }) =>
          queue?.mentions?.some((one) => one.agent === agent.id),
        );
    }
  }

  return { readable, detailOf, listOf, linesOf };
}

/** Of WhatsApp alone: elsewhere an agent may write at any time. */
export function windowOf({ channel, memory: { touchedAt } }: Conversation, now: Date): { windowLeftMs?: number } {
  return channel === 'whatsapp' && touchedAt ? { windowLeftMs: windowLeftMs(new Date(touchedAt), now) } : {};
}

function presentLeaving({ id, action, uploads, state, leavesAt, why }: Leaving, now: Date, looks: LineLooks): LeavingAnswer {
  return {
    actionId: id.split(':').at(-1) ?? '',
    text: action.text,
    files: ((action.files ?? []) as Attachment[]).flatMap((file) => presentFile(file, looks.fileUrl)),
    uploads,
    state: state === 'held' ? 'held' : 'waiting',
    leavesInMs: Math.max(0, leavesAt - now.getTime()),
    ...(typeof action.thenClose === 'string' ? { thenClose: action.thenClose } : {}),
    ...(why ? { why } : {}),
  };
}
