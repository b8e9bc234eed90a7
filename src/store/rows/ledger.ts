/**
 * Small facts that are written once and read back by question: consent given and withdrawn,
 * wrong proofs, paid answers to a number, what was another office's. Each row's id is derived from its cause.
 */
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

export type Fact =
  | { kind: 'consent'; town: string; subject: string; at: number; given: boolean; words: string; channel: string }
  /** A theme was subscribed to, or is not wanted any more: by which message. */
  | {
      kind: 'subscription';
      town: string;
      subject: string;
      at: number;
      theme: string;
      given: boolean;
      words: string;
      channel: string;
      source: 'message';
    }
  | { kind: 'attempt'; town: string; subject: string; at: number }
  | { kind: 'answer'; town: string; subject: string; at: number }
  | { kind: 'hush'; town: string; subject: string; at: number; reason: string }
  | { kind: 'referral'; town: string; subject: string; at: number }
  /** Somebody left the queue of a service (the subject): how long they had waited, what they were told. */
  | { kind: 'departure'; town: string; subject: string; at: number; ms: number; isTaken: boolean; toldMinutes?: number }
  /** How long an agent had a conversation of a service. */
  | { kind: 'handling'; town: string; subject: string; at: number; ms: number };

type FactRow = Fact & { _id: string; [field: string]: unknown };

export interface Ledger {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  write(id: string, fact: Fact): Promise<void>;
  /** Newest first, since a moment in milliseconds. */
  since<K extends Fact['kind']>(
    kind: K,
    town: string,
    subject: string,
    at: number,
    limit: number,
  ): Promise<Array<Extract<Fact, { kind: K }>>>;
  /** How many there are since a moment in milliseconds. */
  count(kind: Fact['kind'], town: string, subject: string, at: number): Promise<number>;
}

export function createLedger(database: Database): Ledger {
  const rows: Collection<FactRow> = database.collection('ledger');
  return {
    prepare: () => rows.index(['kind', 'town', 'subject', 'at'], { name: 'subject' }),
    async write(id, fact) {
      await insertNew(rows, { _id: id, ...fact });
    },
    async since(kind, town, subject, at, limit) {
      const found = await rows.find({ kind, town, subject, at: { $gte: at } }, { sort: [['at', -1]], limit });
      return found as unknown as Array<Extract<Fact, { kind: typeof kind }>>;
    },
    count: (kind, town, subject, at) => rows.count({ kind, town, subject, at: { $gte: at } }),
  };
}
