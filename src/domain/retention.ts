/**
 * How long what citizens wrote is kept, in the three phases of the archives law (France: code du patrimoine, L212-2 and
 * L212-3): in use at the desk, then restricted to few eyes, then erased, or handed to the archives and erased.
 */

export interface Retention {
  /** Days after a request is over. */
  inUse: number;
  /** Days after that. */
  restricted: number;
  /** What becomes of it then. */
  end: 'erase' | 'transfer';
}

export interface TownRetention extends Retention {
  /** Days after the last message of a conversation; what it opened is kept as requests are. */
  conversations: number;
  /** Days that the audit log is kept. */
  audit: number;
}

/** What comes next for the requests of a topic. */
export interface ComingEnd extends Retention {
  topic: string;
  title: string;
  /** When the first passes to few eyes, and out of the house: YYYY-MM-DD, and how many do within the days looked ahead. */
  restricts?: { on: string; count: number };
  ends?: { on: string; count: number };
}

export interface RetentionPlan {
  /** None: the town says nothing of it, and everything is kept. */
  rules?: TownRetention;
  /** Days. */
  ahead: number;
  topics: ComingEnd[];
  /** Conversations that go in that time, and requests that wait to be handed to the archives. */
  conversations: number;
  toTransfer: number;
  held: Array<{ reference: string; title: string; at: string; by: string; reason: string }>;
}

/** The elimination list as lines of a table, their names first: nothing of a citizen. */
export function eliminationLines(
  list: ReadonlyArray<{
    day: string;
    what: string;
    topic?: string;
    openedAt?: string;
    count?: number;
    fate: string;
    why: string;
  }>,
): Array<Array<string | number>> {
  const lines = list.map(({ day, what, topic = '', openedAt = '', count = 1, fate, why }) => [
    ...[day, what, topic, openedAt, count, fate, why],
  ]);
  return [['day', 'what', 'topic', 'opened', 'count', 'fate', 'why'], ...lines];
}

/** Of a topic: its own, and the town's for what it does not say. */
export function retentionOf(town: TownRetention, topic: Partial<Retention> | undefined): Retention {
  return { inUse: town.inUse, restricted: town.restricted, end: town.end, ...topic };
}
