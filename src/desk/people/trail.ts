/** Writes down who saw and did what. What is only read is noted once an hour for each agent and thing. */
import { randomUUID } from 'node:crypto';
import type { Audit } from '../../store/rows/desk/audit';
import type { Act, ActDetail } from '../wire';

const HOUR = 60 * 60 * 1000;

export interface Doer {
  town: string;
  agent?: string;
  network: string;
}

export type Trail = ReturnType<typeof createTrail>;

export function createTrail(audit: Audit, clock: () => Date) {
  return {
    did({ town, agent, network }: Doer, what: Act, subject: string, details?: Partial<Record<ActDetail, string>>): Promise<void> {
      return audit.write({ id: randomUUID(), town, agent, network, what, subject, details, at: clock().getTime() });
    },
    saw({ town, agent, network }: Doer, what: Act, subject: string): Promise<void> {
      const at = clock().getTime();
      return audit.write({ id: `${what}:${subject}:${agent}:${Math.floor(at / HOUR)}`, town, agent, network, what, subject, at });
    },
  };
}
