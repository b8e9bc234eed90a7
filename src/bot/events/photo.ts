/**
 * A photo that was sent by the link of a text message: it joins the request, and the citizen is told so where
 * they wrote from. Like news of a request it changes nothing of what is being talked about.
 */
import type { Talk } from '../../dialogs';
import { MOST_PHOTOS, photoRefusal, readPhotoSent } from '../../domain/message/photo';

export async function photoSent(talk: Talk): Promise<boolean> {
  const sent = readPhotoSent(talk.activity);
  const ticket = sent && (await talk.lookups.ticket(sent.reference));
  if (!sent || !ticket || ticket.conversation !== talk.conversation.id) return false;
  const { reference, files } = ticket;
  if (files.includes(sent.file)) return true;
  // The page has looked already; several photos at the same moment are counted here, one after the other.
  const refusal = photoRefusal(ticket);
  if (!refusal) talk.act({ kind: 'updateTicket', reference, change: { kind: 'attach', files: [sent.file] } });
  if (!(await talk.lookups.mayWrite())) return true;
  // What was offered before is still there to be chosen from.
  const { offered } = talk.memory;
  const text = talk.t(refusal ? `photo.${refusal}` : 'media.added', { reference, most: MOST_PHOTOS });
  talk.say(text, { channelData: { unprompted: true, ticket: reference } });
  talk.memory.offered = offered;
  return true;
}
