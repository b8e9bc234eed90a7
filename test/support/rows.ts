/** A second pair of eyes on the store of a city hall: what stands written, and that nothing leaked. */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import type { Alert } from '../../src/domain/alert';
import { createReference, type Ticket } from '../../src/domain/ticket/ticket';
import { type Database, openDatabase } from '../../src/store';
import type { Document } from '../../src/store/collection';
import type { CityHall } from './city-hall';
import { until } from './until';

type AlertRow = Omit<Alert, 'id'> & Document;
type TicketRow = Omit<Ticket, 'id'> & Document;

export interface Rows {
  database: Database;
  tickets(conversation?: string): Promise<TicketRow[]>;
  feedback(topic: string): Promise<Document[]>;
  alerts(): Promise<AlertRow[]>;
  transcript(conversation: string): Promise<Document[]>;
  /** A reference that is well formed and that no ticket has. */
  unusedReference(): string;
  /** Resolves once all that was to follow has followed: the recurring work was done anew, and no message waits or is on its way. */
  settled(): Promise<void>;
  /** No message half done, no message unsent, no conversation held by nobody. */
  nothingLeaked(): Promise<void>;
  close(): Promise<void>;
}

export async function openRows(hall: Pick<CityHall, 'config'> & Partial<Pick<CityHall, 'wentRound'>>): Promise<Rows> {
  const database = await openDatabase(hall.config.store);
  const all = <T extends Document>(name: string, filter = {}) => database.collection<T>(name).find(filter);
  async function nothingWaits(): Promise<void> {
    await until('nothing to wait any more in the inbox, the outbox or a conversation', async () => {
      const [inbox, outbox, conversations] = await Promise.all([
        all('inbox', { state: 'new' }),
        // What is to leave only if nobody comes back waits for its time.
        all('outbox', { state: { $in: ['due', 'sending', 'unknown'] }, unlessReached: { $exists: false } }),
        all('conversations', { leaseUntil: { $gt: 0 } }),
      ]);
      return inbox.length + outbox.length + conversations.length === 0;
    });
  }
  return {
    database,
    async tickets(conversation) {
      const tickets = await all<TicketRow>('tickets');
      return tickets.filter((ticket) => conversation === undefined || ticket.conversation === conversation);
    },
    feedback: (topic) => all('tallies', { what: 'feedback', topic }),
    alerts: () => all<AlertRow>('alerts'),
    async transcript(conversation) {
      return (await all('transcript', { conversation })).sort((a, b) => Number(a.line) - Number(b.line));
    },
    unusedReference: () => createReference(randomBytes(7)),
    async settled() {
      await hall.wentRound?.();
      await nothingWaits();
    },
    async nothingLeaked() {
      await nothingWaits();
      const lines = await all<Document & { conversation: string; line: number }>('transcript');
      const byConversation = new Map<string, number[]>();
      for (const { conversation, line } of lines)
        byConversation.set(conversation, [...(byConversation.get(conversation) ?? []), line]);
      for (const numbers of byConversation.values()) {
        assert.deepEqual(
          numbers.sort((a, b) => a - b),
          numbers.map((_, n) => n + 1),
          'The lines of a transcript have no gap and no double',
        );
      }
    },
    close: () => database.close(),
  };
}
