/**
 * What sounds as if the form were to end: 'somebody caught it', 'previous question' taken for giving up. It is asked, and
 * nothing is thrown away before the answer; what was put away can be taken up again.
 */
import { countWords } from '../../../domain/language/words';
import type { Topic } from '../../../domain/topic/topic';
import type { Step, Talk } from '../../dialog';
import type { FormData } from '../form-data';

/** Longer words are a story in which something was mended. */
const LONGEST = 12;

/** 'The car has gone', 'it works again': what was to be reported is over. */
export function isOver(talk: Talk): boolean {
  if (countWords(talk.text) > LONGEST || /\?\s*$/.test(talk.text)) return false;
  return talk.means('solved') && !talk.means('not-fixed');
}

/** Said where words of another kind were asked for. Where a choice or a description is, it may be that: 'it has been moved'. */
export function isOverInForm(talk: Talk, topic: Topic, data: FormData): boolean {
  const asked = topic.form?.find(({ id }) => id === data.at)?.kind;
  return data.made === undefined && asked !== 'choice' && asked !== 'text' && isOver(talk);
}

export function askToEnd(talk: Talk): void {
  talk.say(talk.t('cancel.ask'), { choices: [{ title: talk.t('yes') }, { title: talk.t('no') }] });
}

/** 'Cancel', perhaps: that is what the form that is held asks next. */
export function asksToEnd({ memory, text }: Talk): boolean {
  const top = memory.dialogs.at(-1);
  if (top?.dialog !== 'form') return false;
  top.data.asksEnd = text;
  return true;
}

/** Yes or no to that; null where something else was said, and the form hears it. */
export async function hearEnd(talk: Talk, data: FormData): Promise<Step | 'go-on' | null> {
  if (data.asksEnd === undefined) return null;
  delete data.asksEnd;
  const { yesNo } = await talk.entities();
  if (yesNo === 'no') return 'go-on';
  if (yesNo !== 'yes') return null;
  talk.memory.putAway = { dialog: 'form', data: { ...data }, at: talk.lookups.now.toISOString() };
  talk.say(talk.t('cancel.done'));
  return { next: 'done' };
}
