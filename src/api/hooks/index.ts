/**
 * Tells the programs that a town subscribes what happens to requests and conversations. What changed is marked in the same
 * write that changed it; here each mark becomes letters in the outbox, under ids derived from the event, and only then goes.
 * So a crash loses nothing, and what is told twice has the same id.
 */
import type { Conversation } from '../../domain/conversation';
import { hookAddress, hookThreads } from '../../domain/programs/hook';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Towns } from '../../domain/town';
import { createRecurring } from '../../recurring';
import type { Mail } from '../../store/rows/mail';
import type { Tickets } from '../../store/rows/tickets';
import { orderOf } from './letters';
import { type HookBody, presentConversation, presentTicketEvent } from './present';

const SECOND = 1000;
const AT_ONCE = 100;

export interface HookParts {
  tickets: Pick<Tickets, 'unheard' | 'heard'>;
  mail: Mail;
  towns: Pick<Towns, 'get'>;
  clock: () => Date;
  sweepMs?: number;
  fault: (where: string, error: unknown) => void;
}

export function createHooks({ tickets, mail, towns, clock, sweepMs = SECOND, fault }: HookParts) {
  const sweeps = createRecurring(sweepMs, sweep);

  /** A letter for each subscription of the town that wants it. */
  async function write(town: string, subject: string, key: string, line: number, body: HookBody): Promise<void> {
    const now = clock().getTime();
    const wanting = (towns.get(town)?.webhooks ?? []).filter(({ events }) => !events || events.includes(body.type));
    await Promise.all(
      wanting.map(({ id }) => {
        const conversation = `${hookThreads(town, id)}${subject}`;
        return mail.outbox.write({
          ...{ _id: `${conversation}:${key}`, town, channel: 'webhook', conversation, address: hookAddress(id) },
          activity: { type: 'event', value: { ...body } },
          order: orderOf(body.timestamp, line),
          ...{ state: 'due', attempts: 0, dueAt: now, leaseUntil: 0 },
        });
      }),
    );
  }

  async function tellOf(ticket: Ticket, from: number): Promise<void> {
    const { town, reference, history } = ticket;
    if (towns.get(town)?.webhooks?.length)
      for (let n = from; n < history.length; n += 1) {
        const body = presentTicketEvent(ticket, n);
        if (body) await write(town, `ticket:${reference}`, history[n]!.id, n, body);
      }
    await tickets.heard(ticket);
  }

  async function sweep(): Promise<void> {
    try {
      for (let more = true; more && !sweeps.isStopped(); ) {
        const found = await tickets.unheard(AT_ONCE);
        for (const { ticket, from } of found) await tellOf(ticket, from);
        more = found.length === AT_ONCE;
      }
    } catch (error) {
      // The mailroom says it when the store is away.
      if ((error as { code?: string }).code !== 'store-unavailable') fault('web hooks', error);
    }
  }

  return {
    /** A conversation changed hands: resolves once it is written down. Called before its mark goes. */
    async changed(conversation: Conversation): Promise<void> {
      const told = presentConversation(conversation);
      if (told) await write(conversation.town, `conversation:${conversation.id}`, told.key, conversation.version, told.body);
    },
    start: () => sweeps.start(0),
    stop: sweeps.stop,
  };
}
