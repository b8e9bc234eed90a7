/**
 * A request begun on a phone and left half-way: when it is recalled, once, and the event by which the
 * mailroom tells the bot that the moment has come.
 */

import type { Conversation } from './conversation';
import { houseEvent, readHouseEvent } from './event';
import type { Activity } from './message/activity';
import type { Received } from './message/letter';

const NAME = 'draft.left';

/** The event of a conversation whose moment has come; the same moment always has the same id. */
export function reminderOf({ id: conversation, town, channel, address, memory }: Conversation): Received {
  const at = memory.remindAt ?? 0;
  const activity = houseEvent(town, NAME, { at });
  return { id: `reminder:${conversation}:${at}`, town, channel, conversation, address, activity };
}

/** For which moment an event was made (milliseconds since 1970); null for any other, and for one from outside. */
export function readReminder(activity: Activity): number | null {
  const { at } = readHouseEvent(activity, NAME) ?? {};
  return typeof at === 'number' ? at : null;
}
