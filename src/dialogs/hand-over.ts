/**
 * A form that was left for a person, and is gone back to: 'never mind, carry on with the report', 'no, just report it'. What
 * was said meanwhile goes with it.
 */

import type { DialogState } from '../domain/conversation';
import { countWords } from '../domain/language/words';
import type { Talk } from './dialog';
import { SUMMARY } from './form/asking';
import type { FormData } from './form/form-data';

/** Longer words are a message to whoever answers. */
const LONGEST = 12;
const LONGEST_BARE = 3;

/** Whether the words leave the hand-over that is held, for the form before it. */
export async function goesBackToForm(talk: Talk, held: DialogState | undefined): Promise<boolean> {
  const data = held?.data as FormData | undefined;
  if (held?.dialog !== 'person' || !data?.carried?.form || countWords(talk.text) > LONGEST) return false;
  const { phones, emails, yesNo } = await talk.entities();
  if (phones.length + emails.length > 0) return false;
  const { heard } = talk;
  if (talk.means('gives-up') && heard.intents.slice(0, 2).some(({ topic }) => topic === data.carried?.form?.topic)) return false;
  const [top] = heard.intents;
  const isBareNo = yesNo === 'no' && countWords(talk.text) <= LONGEST_BARE;
  // At the summary 'send it' sends the message, and 'no' changes it.
  if (data.at === SUMMARY && isBareNo) return false;
  if (['resume', 'back-to-report', 'cancel'].some((list) => talk.means(list)) || heard.refused === 'talk_to_human') return true;
  if (heard.zone === 'act' && top?.topic === 'cancel') return true;
  return data.at !== SUMMARY && (heard.wish === 'report' || talk.means('send') || isBareNo);
}

/** 'No, drop the pothole', where a number for a person is asked for: the form before it ends too, and can be taken up again. */
export function endsBoth(talk: Talk, { carried }: FormData): boolean {
  const form = carried?.form;
  if (!form || countWords(talk.text) > LONGEST || !talk.means('gives-up')) return false;
  if (!talk.heard.intents.slice(0, 2).some(({ topic }) => topic === form.topic)) return false;
  talk.memory.putAway = { dialog: 'form', data: { ...form }, at: talk.lookups.now.toISOString() };
  talk.say(talk.t('cancel.done'));
  return true;
}

/** The form as it stood, below the hand-over that ends: it is asked on from there. */
export function backToForm(talk: Talk, { carried, said, answers }: FormData): void {
  const form = carried?.form;
  if (!form) return;
  const field = (talk.topic(form.topic)?.form ?? []).find(({ kind }) => kind === 'contact');
  const contact = answers.contact;
  const isNew = field && contact && form.answers[field.id] === undefined && form.at !== field.id;
  const data: FormData = {
    ...form,
    said: [...form.said, ...said],
    answers: isNew ? { ...form.answers, [field.id]: contact } : form.answers,
  };
  talk.memory.dialogs.splice(-1, 0, { dialog: 'form', data: { ...data } });
  talk.say(talk.t('person.left'));
}
