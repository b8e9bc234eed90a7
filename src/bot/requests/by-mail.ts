/**
 * An e-mail that answers one of ours, or names a request in its subject: its words belong to that request. Anybody can write
 * a subject, and a sender: it counts only where the address is the one noted with the request, whose contact is answered.
 */
import { addTo, fileIds, fits, type Talk, theirs } from '../../dialogs';

export async function answersByMail(talk: Talk): Promise<boolean> {
  const { activity, conversation, memory, text } = talk;
  if (conversation.channel !== 'mail' || memory.dialogs.length > 0) return false;
  const named = (activity.channelData?.mail as { references?: string[] } | undefined)?.references ?? [];
  const files = fileIds(activity.attachments);
  if (named.length === 0 || (text === '' && files.length === 0)) return false;
  const ticket = (await theirs(talk)).find(({ reference }) => named.includes(reference));
  // A question about something else is answered, as anywhere.
  if (!ticket || (text.includes('?') && !(await fits(talk, ticket)))) return false;
  await addTo(talk, ticket, { text, files });
  return true;
}
