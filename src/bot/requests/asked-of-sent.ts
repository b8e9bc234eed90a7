/**
 * What is asked of a request that was just sent, or of a form that is not sent yet: 'did you get it?', 'will you text me?'.
 * Answered with what is so; a question is neither thanks nor a wish to hear no more.
 */
import { isPosted, type Talk, theirs } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { isOpen } from '../../domain/ticket/states';
import { begin } from '../hold';

/** Longer words tell a story, and ask about that. */
const LONGEST = 14;
/** Without a request, fewer words than this ask of nothing else. */
const SHORT = 8;
const JUST_LEFT = 20 * 60_000;

export async function askedOfSent(talk: Talk): Promise<boolean> {
  const { heard, text, conversation, memory } = talk;
  if (text === '' || heard.danger || conversation.holder !== 'bot' || countWords(text) > LONGEST) return false;
  if (!text.includes('?') && !talk.means('asking')) return false;
  const held = memory.dialogs.at(-1);
  if (held?.dialog === 'form') return talk.means('received') && tell(talk, 'received.not-yet');
  if (held) return false;
  if (talk.means('received') && hasJustLeft(talk))
    return tell(talk, 'stop.done-here', { authority: talk.local(talk.town.authority) });
  if (talk.means('received')) return tellReceived(talk);
  if (!talk.means('told-how')) return false;
  // 'Can you text me? 06…' gives the number that would be asked for.
  const { phones, emails } = await talk.entities();
  return phones.length + emails.length === 0 && tellHow(talk);
}

function tell(talk: Talk, sentence: string, fields: Record<string, string> = {}): true {
  talk.say(talk.t(sentence, fields));
  return true;
}

/** 'Did that work?', of a STOP. */
function hasJustLeft(talk: Talk): boolean {
  const { left } = talk.memory;
  return !isPosted(talk) && left !== undefined && talk.lookups.now.getTime() - Date.parse(left) < JUST_LEFT;
}

async function tellReceived(talk: Talk): Promise<boolean> {
  const all = await theirs(talk);
  const topic = talk.heard.zone === 'act' ? talk.topic(talk.heard.intents[0]?.topic ?? '') : undefined;
  // 'Did you get my file for the nursery?' is asked of that.
  if (topic && !all.some((ticket) => ticket.topic === topic.id)) return false;
  const last = all.find((ticket) => ticket.topic === topic?.id) ?? all[0];
  if (!last) return talk.memory.touchedAt !== undefined && countWords(talk.text) <= SHORT && tell(talk, 'received.nothing');
  if (isOpen(last)) tell(talk, 'received.yes');
  await begin(await talk.about(last.reference), 'status', {});
  return true;
}

/** Where whoever has sent a request is written to about it. */
async function tellHow(talk: Talk): Promise<boolean> {
  const last = (await theirs(talk)).find(isOpen);
  if (!last) return tell(talk, isPosted(talk) ? 'told.later' : 'told.first');
  const { reference, contact } = last;
  if (contact) return tell(talk, 'told.contact', { reference, contact: talk.wording.contact(contact.value) });
  return tell(talk, isPosted(talk) ? 'told.here' : 'told.none', { reference });
}
