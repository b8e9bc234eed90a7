/**
 * Where a request stands, whether that is open, and who may move it on from there. Every change of state, at the desk, from the
 * command, over the interface and by the citizen's own words, is asked of this table.
 */

export const TICKET_STATES = [
  'new',
  /** Somebody of the service has it. */
  'assigned',
  'in-progress',
  /** For the citizen's answer: the time of the service stands still. */
  'waiting',
  /** Done, as the service says: for thirty days the citizen can say that it is not. */
  'resolved',
  'closed',
  'refused',
  /** Another authority's. */
  'moved',
  /** Taken back by the citizen. */
  'withdrawn',
] as const;
export type TicketState = (typeof TICKET_STATES)[number];

/** Who moves a request on: a supervisor may whatever an agent may. */
export type Mover = 'citizen' | 'agent' | 'supervisor' | 'system';

const OPEN: ReadonlySet<TicketState> = new Set(['new', 'assigned', 'in-progress', 'waiting']);

/** Whether the town hall still has something to do: what is open takes a photo, can be withdrawn and has a delay. */
export function isOpen({ state }: { state: TicketState }): boolean {
  return OPEN.has(state);
}

type Moves = Partial<Record<TicketState, readonly Mover[]>>;

const WORK: Moves = {
  assigned: ['agent', 'system'],
  'in-progress': ['agent', 'system'],
  waiting: ['agent'],
  resolved: ['agent', 'system'],
  refused: ['agent'],
  moved: ['agent', 'system'],
  withdrawn: ['citizen', 'agent'],
};

const MOVES: Record<TicketState, Moves> = {
  new: WORK,
  assigned: { ...WORK, new: ['agent', 'system'] },
  'in-progress': { ...WORK, new: ['agent', 'system'] },
  // The citizen's answer sets it going again.
  waiting: { ...WORK, 'in-progress': ['citizen', 'agent', 'system'], new: ['agent', 'system'], closed: ['agent', 'system'] },
  // 'It is not repaired': the citizen's word opens it again, for thirty days.
  resolved: { new: ['citizen', 'agent', 'system'], 'in-progress': ['agent'], closed: ['agent', 'system'] },
  closed: { new: ['citizen', 'supervisor', 'system'] },
  refused: { new: ['supervisor', 'system'] },
  moved: { new: ['supervisor', 'system'] },
  withdrawn: { new: ['supervisor', 'system'] },
};

/** Whether a request may go from one state to another by this hand; staying where it is always may. */
export function mayMove(from: TicketState, to: TicketState, by: Mover): boolean {
  if (from === to) return true;
  const movers = MOVES[from][to] ?? [];
  return movers.includes(by) || (by === 'supervisor' && movers.includes('agent'));
}

/** The states a request may go to from here by this hand, in the order of the work. */
export function movesFrom(from: TicketState, by: Mover): TicketState[] {
  return TICKET_STATES.filter((to) => to !== from && mayMove(from, to, by));
}

/** An end that the citizen has to hear the reason of: it is not reached without words for them. */
export function needsWords(from: TicketState, to: TicketState): boolean {
  return to === 'resolved' || to === 'refused' || to === 'moved' || (to === 'closed' && from !== 'resolved');
}
