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

/** Of a topic: its own, and the town's for what it does not say. */
export function retentionOf(town: TownRetention, topic: Partial<Retention> | undefined): Retention {
  return { inUse: town.inUse, restricted: town.restricted, end: town.end, ...topic };
}
