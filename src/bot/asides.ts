/** What is asked in passing, in the middle of a form too: what becomes of one's data, how a photo is sent. */
import { isQuestion, type Talk } from '../dialogs';
import type { DialogState } from '../domain/conversation';
import { countWords } from '../domain/language/words';

/** Longer words tell of something else. */
const LONGEST = 12;

/** 'How long do you keep my data?' */
export function isAboutData(talk: Talk): boolean {
  return talk.means('about-data') && isQuestion(talk) && countWords(talk.text) <= LONGEST;
}

/** 'I have a photo but how do I send it?': in a form, or of what was just sent. Who refuses a photo is heard by the form. */
export function tellsPhotoHow(talk: Talk, held: DialogState | undefined): boolean {
  if (!talk.means('photo-how') || talk.activity.attachments?.length || countWords(talk.text) > LONGEST) return false;
  const isAsked = isQuestion(talk) || talk.means('not-sending');
  if (!isAsked || talk.means('no-file') || (held && held.dialog !== 'form')) return false;
  talk.say(talk.t('photo.how'));
  return true;
}
