/** What supervisors and admins look at: services and agents now, the day that ended badly, web hooks. */
import type { AgentStatus } from '../../domain/desk/agent';
import type { AgentName, ServiceName } from './names';

/**
 * `GET /desk/api/report?date=YYYY-MM-DD` (the newest without it), for supervisors of the whole town: the conversations of a
 * day that ended with neither an answer, nor a request, nor a person. `looked`: conversations of the day.
 */
export interface NightReport {
  date: string;
  at: string;
  looked: number;
  counts: Partial<Record<'not-understood' | 'failed' | 'form-left' | 'left-queue', number>>;
  items: Array<{ conversation: string; channel: string; at: string; why: string }>;
}

/** `GET /desk/api/board`, supervisors only: where each service stands now, and each agent. */
export interface Board {
  at: string;
  services: Array<
    ServiceName & {
      isOpen: boolean;
      waiting: number;
      longestSince?: string;
      present: number;
      load: number;
      capacity: number;
      /** Of those taken in a day who were told a time: how many were answered within it. */
      promises: { told: number; kept: number };
      /** Nobody more is let in: since when, by whom, what citizens are told. `PUT /desk/api/services/:id/pause {words?, until?}`, `DELETE`. */
      pause?: { at: string; by: AgentName; until?: string; words: Record<string, string> };
      takenIn15: number;
      closedIn15: number;
    }
  >;
  agents: Array<
    AgentName & { status: AgentStatus; statusReason?: string; since?: string; load: number; capacity: number; isOnline: boolean }
  >;
}
