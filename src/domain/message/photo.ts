/**
 * A photo that follows a request which was made where none can be sent, by text message: when a request
 * takes one, and the event that goes into the inbox and that the bot hears, like anything else that happens.
 */

import { houseEvent, readHouseEvent } from '../event';
import { isOpen } from '../ticket/states';
import type { Ticket } from '../ticket/ticket';
import type { Activity } from './activity';

const NAME = 'photo.sent';

/** Photos and documents of one request, over all. */
export const MOST_PHOTOS = 5;

/** Why a request takes no more photos; null while it does. */
export function photoRefusal(ticket: Ticket): 'closed' | 'full' | null {
  if (!isOpen(ticket)) return 'closed';
  return ticket.files.length < MOST_PHOTOS ? null : 'full';
}

/** Where it stands in the inbox: the same photo of the same request always comes under the same id. */
export function photoSentId(town: string, reference: string, file: string): string {
  return `photo:${town}:${reference}:${file}`;
}

/** `file` is its id in the file store. */
export function photoSentOf(town: string, reference: string, file: string, at: Date): Activity {
  return houseEvent(town, NAME, { reference, file }, at.toISOString());
}

/** Which file for which ticket an event brings; null for any other, and for one that came in from outside. */
export function readPhotoSent(activity: Activity): { reference: string; file: string } | null {
  const { reference, file } = readHouseEvent(activity, NAME) ?? {};
  return typeof reference === 'string' && typeof file === 'string' ? { reference, file } : null;
}
