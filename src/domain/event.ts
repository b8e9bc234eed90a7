/**
 * Events of the house: what the mailroom writes into the inbox for the bot to hear, beside what citizens say. A client
 * may send an event of any name; what it sends is from a user, and never read here.
 */
import type { Activity } from './message/activity';

/** @param at when it happened, ISO. */
export function houseEvent(town: string, name: string, value: Record<string, unknown>, at?: string): Activity {
  return { type: 'event', name, value, ...(at ? { timestamp: at } : {}), from: { id: town, role: 'bot' } };
}

/** What a house event of this name carries; null for any other activity. */
export function readHouseEvent({ type, name, value, from }: Activity, wanted: string): Record<string, unknown> | null {
  if (type !== 'event' || name !== wanted || from?.role !== 'bot') return null;
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
