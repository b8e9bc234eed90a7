/**
 * Somebody wrote of danger, and people of the town hall are to know now. One alert a conversation while it lasts: further
 * words, a place, a false alarm join it. Whom the town names is written to; that one of them was really reached is an
 * event, which the bot hears like any other.
 */

import { houseEvent, readHouseEvent } from './event';
import type { Activity } from './message/activity';
import type { TicketPlace } from './ticket/ticket';

export type AlertState = 'open' | 'acknowledged' | 'false-alarm';

/** What a message said of a danger. `danger`: words of danger themselves. */
export type AlertNews = 'danger' | 'place' | 'help-called' | 'over' | 'false-alarm';

export interface AlertEvent {
  /** Derived from its cause, so that the same event is added once. */
  id: string;
  at: string;
  kind: 'opened' | 'again' | 'place' | 'help-called' | 'over' | 'false-alarm' | 'told' | 'acknowledged' | 'escalated';
  /** By which way it was told, who acknowledged it, or which step of the town's escalation it was (from 1). */
  by?: string;
  place?: TicketPlace;
}

export interface Alert {
  id: string;
  town: string;
  /** By which people name it: as short as a request's. */
  reference: string;
  state: AlertState;
  danger: string;
  place?: TicketPlace;
  conversation: string;
  channel: string;
  language: string;
  history: AlertEvent[];
  revision: number;
  openedAt: string;
  updatedAt: string;
}

const HOUR = 3600_000;
/** After so long new words of danger are a new alert, whatever became of the first. */
const LASTS = 24 * HOUR;
const LASTS_ACKNOWLEDGED = HOUR;

/** Whether further words of danger belong to this alert. */
export function isSameAlert({ state, openedAt, updatedAt }: Alert, at: string): boolean {
  if (state === 'false-alarm') return false;
  const since = state === 'open' ? openedAt : updatedAt;
  return Date.parse(at) - Date.parse(since) < (state === 'open' ? LASTS : LASTS_ACKNOWLEDGED);
}

/** Whether people who were told of the alert must hear of this as well. */
export function isAlertNews({ kind }: AlertEvent): boolean {
  return kind === 'opened' || kind === 'place' || kind === 'false-alarm';
}

const NAME = 'alert.told';

export function alertToldOf(town: string, reference: string, at: string): Activity {
  return houseEvent(town, NAME, { reference }, at);
}

/** Which alert an event is about; null for any other, and for one that came in from outside. */
export function readAlertTold(activity: Activity): string | null {
  const { reference } = readHouseEvent(activity, NAME) ?? {};
  return typeof reference === 'string' ? reference : null;
}
