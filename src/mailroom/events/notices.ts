/**
 * A change that an agent makes to a request reaches the citizen who made it. The change is one write, which also
 * marks it as untold; the news then goes through the inbox of the ticket's own conversation, where order, durability
 * and 'once' already live. Whoever makes the change needs no mailroom: the sweep of any running process finds it.
 */
import { createHash } from 'node:crypto';
import type { ChannelName } from '../../domain/conversation';
import type { Forward, HowHanded } from '../../domain/forwarding/partner';
import type { Receive } from '../../domain/message/letter';
import { isOfProgram } from '../../domain/programs/api-key';
import { isNewsForAll, noticeId, noticeOf } from '../../domain/ticket/notice';
import { type Mover, mayMove, needsWords, type TicketState } from '../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../domain/ticket/ticket';
import type { Tickets } from '../../store/rows/tickets';
import { freeCallBack } from '../call-back';
import type { MailroomParts } from '../parts';

/** Characters of a comment: an SMS of seven pieces, which is long. */
const LONGEST_COMMENT = 1000;

export interface AgentChange {
  state?: TicketState;
  /** Words of the service; the citizen reads them when the change is public. */
  comment?: string;
  /** False: for colleagues only. Nobody is written to, and the words never leave. */
  isPublic: boolean;
  /** With `moved`: the topic of the authority whose it is; the citizen is told how to reach it. */
  office?: string;
  /** With `moved` and `office`: it is handed to that authority, in the same step. */
  forward?: HowHanded;
  /** As what they make it: an agent when absent. */
  as?: Mover;
  /** Who makes it, where it is known; never told to the citizen. */
  agent?: { id: string; name: string };
}

/**
 * `same`: the ticket stands so already, by this very change; nothing was written. `illegal`: it may not go there from where it
 * stands, by this hand. `needs-words`: the citizen is to hear why it ends.
 */
export type ChangeOutcome = 'changed' | 'same' | 'unknown' | 'nothing' | 'too-long' | 'illegal' | 'needs-words';

/** What a change is made with. */
type ChangeRows = Pick<MailroomParts, 'tickets' | 'callbacks'>;

/** Safe to do again: the same change on the same ticket is made once, and told once. */
export async function changeTicket(
  rows: ChangeRows,
  town: string,
  reference: string,
  change: AgentChange,
  now: Date,
): Promise<ChangeOutcome> {
  const outcome = await changeOnce(rows.tickets, town, reference, change, now);
  // Also where it was withdrawn before: a crash may have come between.
  if (change.state === 'withdrawn' && (outcome === 'changed' || outcome === 'same')) await freeCallBack(rows, town, reference);
  return outcome;
}

async function changeOnce(
  tickets: Tickets,
  town: string,
  reference: string,
  { state, comment, isPublic, office, forward, as = 'agent', agent }: AgentChange,
  now: Date,
): Promise<ChangeOutcome> {
  const text = comment?.replaceAll('\0', '').trim() || undefined;
  if (!state && !text) return 'nothing';
  if (text && text.length > LONGEST_COMMENT) return 'too-long';
  const ticket = await tickets.byReference(town, reference);
  if (!ticket) return 'unknown';
  const isMove = state !== undefined && state !== ticket.state;
  if (isMove && !mayMove(ticket.state, state, as)) return 'illegal';
  if (isMove && needsWords(ticket.state, state) && !(text && isPublic)) return 'needs-words';
  const last = ticket.history.at(-1);
  const isSaidAlready = !text || (last?.by === 'agent' && last.text === text && last.isPublic === isPublic);
  if (!isMove && isSaidAlready) return 'same';
  const event: TicketEvent = {
    id: createHash('sha256')
      .update(JSON.stringify([reference, ticket.revision, state ?? '', text ?? '', isPublic]))
      .digest('hex')
      .slice(0, 16),
    at: now.toISOString(),
    by: 'agent',
    ...(agent ? { agent } : {}),
    kind: isMove ? 'state' : 'comment',
    ...(isMove ? { state } : {}),
    ...(isMove && state === 'moved' && office ? { office } : {}),
    ...(isMove && state === 'moved' && office && forward ? { forwarded: forwardedBy(forward) } : {}),
    ...(text ? { text } : {}),
    isPublic,
  };
  let isMade = true;
  await tickets.change(town, reference, event, (now) => {
    isMade = !isMove || mayMove(now.state, state, as);
    if (!isMade) return null;
    return { ...(isMove ? { state } : {}), ...(event.forwarded && forward ? { forward: handedTo(event, forward) } : {}) };
  });
  return isMade ? 'changed' : 'illegal';
}

const forwardedBy = ({ withPerson, photos }: HowHanded) => ({ withPerson, ...(photos && { photos }) });

/** The letter's id is the change's, so that the same step never sends it twice. */
function handedTo({ id, office = '', at }: TicketEvent, how: NonNullable<AgentChange['forward']>): Forward {
  return { ...how, id, to: office, at, state: 'to-send', lookAt: Date.parse(at) };
}

/** The wrong service: another one has it from now on, and its colleagues read why. The same again changes nothing. */
export async function routeTicket(
  tickets: Tickets,
  ticket: Ticket,
  { service, reason, agent }: { service: string; reason: string; agent: { id: string; name: string } },
  now: Date,
): Promise<void> {
  const event: TicketEvent = {
    id: createHash('sha256')
      .update(JSON.stringify([ticket.reference, ticket.revision, 'service', service]))
      .digest('hex')
      .slice(0, 16),
    at: now.toISOString(),
    by: 'agent',
    agent,
    kind: 'routed',
    text: reason,
    was: ticket.service,
    isPublic: false,
  };
  // Whoever had it has it no more.
  await tickets.change(ticket.town, ticket.reference, event, ({ state, agent: had }) => ({
    service,
    ...(had ? { agent: null } : {}),
    ...(state === 'assigned' ? { state: 'new' as const } : {}),
  }));
}

const PAGE = 200;

const isEndedByCitizen = ({ by, ended }: TicketEvent) => by === 'citizen' && ended?.byHelper === false;

/** Hands untold news to the inbox, under ids that make a second handing nothing. */
export function createNotices(
  { tickets, followers, conversations, onStep }: Pick<MailroomParts, 'tickets' | 'followers' | 'conversations' | 'onStep'>,
  receive: Receive,
) {
  const step = onStep ?? (() => {});

  /** Neighbours hear what becomes of it; who acts for its citizen, what the service writes too. A crash half-way begins again under the same ids. */
  async function tellFollowers(ticket: Ticket, event: TicketEvent): Promise<void> {
    const { town, reference, helper } = ticket;
    const isForAll = isNewsForAll(event, ticket);
    const activity = noticeOf(town, reference, event, true);
    for (let after: string | undefined; ; ) {
      const page = await followers.of(town, reference, PAGE, after);
      for (const { conversation, channel, address, isQuiet } of page) {
        if (isQuiet || !(isForAll || conversation === helper?.conversation)) continue;
        const id = `${noticeId(town, reference, event)}:${conversation}`;
        await receive({ id, town, channel, conversation, address, activity });
      }
      if (page.length < PAGE) return;
      after = page.at(-1)?.id;
    }
  }

  /** Of an agreement that is over whoever has not ended it hears: the helper too, who does not follow the request any more. */
  async function tellHelper({ town, reference }: Ticket, event: TicketEvent): Promise<void> {
    const found = event.ended && !event.ended.byHelper && (await conversations.find(event.ended.conversation));
    if (!found) return;
    const { id: conversation, channel, address } = found.conversation;
    const id = `${noticeId(town, reference, event)}:${conversation}`;
    await receive({ id, town, channel, conversation, address, activity: noticeOf(town, reference, event, true) });
  }

  return {
    async sweep(): Promise<void> {
      for (const { ticket, events } of await tickets.untold(50)) {
        const { town, reference, conversation, address } = ticket;
        const channel = ticket.channel as ChannelName;
        for (const event of events) {
          const id = noticeId(town, reference, event);
          // A request that another program opened has nobody to be written to: it asks, or is told by web hook.
          // In the language of the request, where nothing was said there yet: its citizen's own conversation may be new.
          const activity = { ...noticeOf(town, reference, event), locale: ticket.language };
          if (!isOfProgram(ticket.channel) && !isEndedByCitizen(event))
            await receive({ id, town, channel, conversation, address, activity });
          if (event.kind === 'unhelped') await tellHelper(ticket, event);
          else if (isNewsForAll(event, ticket) || (event.kind === 'comment' && ticket.helper?.isTold))
            await tellFollowers(ticket, event);
        }
        step('notice:received');
        await tickets.told(ticket);
      }
    },
  };
}
