/** Where a request stands, asked for by its reference, by a follow-up, or of what was never sent. */
import { sayUnsent, type Talk, theirs } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { findReferences, seemsReference } from '../../domain/ticket/ticket';
import { unsent } from '../cancelling';
import { begin } from '../hold';

const SHORT = 9;

export async function status(talk: Talk): Promise<boolean> {
  // 'Have you sent my message?', of what a STOP has ended.
  const put = unsent(talk);
  const isEnded = put !== undefined && put.at === talk.memory.left;
  if (isEnded && findReferences(talk.text).length === 0 && (await talk.lookups.ticketsHere()).length === 0) {
    sayUnsent(talk);
    return true;
  }
  const held = talk.memory.dialogs.at(-1);
  if (held?.dialog === 'form' && (await isOfDraft(talk))) {
    talk.say(talk.t('received.not-yet'));
    return true;
  }
  const isAgain = held?.dialog === 'status';
  const isThrice = isAgain && held.data.at === 'lost';
  talk.memory.dialogs = talk.memory.dialogs.filter(({ dialog }) => dialog !== 'status' && dialog !== 'choose');
  await begin(talk, 'status', { isAgain, isThrice });
  return true;
}

/** 'Where is my request?', in the middle of the only one they have made: it is not sent yet. */
async function isOfDraft(talk: Talk): Promise<boolean> {
  if (findReferences(talk.text).length > 0 || seemsReference(talk.text) || countWords(talk.text) > SHORT) return false;
  const { dates } = await talk.entities(talk.text, 'back');
  return dates.length === 0 && !talk.means('lost-reference') && (await theirs(talk)).length === 0;
}

/** 'suivi SIG-2024-00123': of another shape than ours, and a follow-up all the same, unless it is surely about something else. */
export function isFollowUp({ text, heard, ...talk }: Talk): boolean {
  if (!talk.means('follow') || !seemsReference(text) || countWords(text) > SHORT) return false;
  return heard.zone !== 'act' || heard.intents[0]?.topic === 'ticket_status';
}
