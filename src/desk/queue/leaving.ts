/**
 * An answer leaves some seconds after it was sent, so that its writer can take it back. It is a row with a time: a reload
 * loses nothing, and a process that dies leaves it to the next sweep of any other. Whatever else its agent does in that
 * conversation lets it leave first, so what is said stands in the order in which it was sent.
 */
import type { Receive } from '../../domain/message/letter';
import type { Leaving, LeavingRows } from '../../store/rows/desk/leaving';
import type { Mail } from '../../store/rows/mail';
import type { Trail } from '../people/trail';
import { type ActionAnswer, type AgentAction, actionActivity } from './action';
import type { Capacity } from './capacity';
import { workedOff } from './worked-off';

const AT_ONCE = 50;

export interface DepartureParts {
  leaving: LeavingRows;
  mail: Mail;
  receive: Receive;
  capacity: Capacity;
  trail: Trail;
  /** A place may have become free. */
  settled(): void;
  /** The desk's pages look at this conversation anew. */
  looked(town: string, conversations: string[]): Promise<void>;
  clock: () => Date;
}

export type Departures = ReturnType<typeof createDepartures>;

export function createDepartures({ leaving, mail, receive, capacity, trail, settled, looked, clock }: DepartureParts) {
  /** Into the inbox under its own id, so that doing it twice is doing it once. */
  async function leave(one: Leaving): Promise<void> {
    if (one.state === 'waiting' && !(await leaving.depart(one.id))) return;
    const { id, town, channel, conversation, address, agent } = one;
    const action = one.action as AgentAction & { kind: 'say' };
    await receive({ id, town, channel, conversation, address, activity: actionActivity(action, agent, one.at) });
    const row = await workedOff(mail, id);
    // The next sweep asks again.
    if (!row) return;
    const answer = (row.answer as ActionAnswer | undefined) ?? { outcome: 'not-waiting' };
    if (answer.outcome === 'done') {
      if (action.thenClose) await capacity.giveBack(agent.id, conversation);
      const doer = { town, agent: agent.id, network: one.network };
      if (await leaving.done(id)) await trail.did(doer, 'conversation.say', `conversation:${conversation}`);
    } else await leaving.hold(id, answer.outcome);
    settled();
    await looked(town, [conversation]);
  }

  return {
    /** What an agent sent there and has not left yet leaves now. */
    async hurry(agent: string, conversation: string): Promise<void> {
      for (const one of await leaving.of(agent, conversation)) if (one.state !== 'held') await leave(one);
    },
    async sweep(): Promise<void> {
      for (const one of await leaving.due(clock().getTime(), AT_ONCE)) await leave(one);
    },
  };
}
