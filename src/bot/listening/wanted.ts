/**
 * Our messages wanted after all: 'do not unsubscribe me', and, soon after a STOP, 'I changed my mind'. What was being asked
 * when they were ended goes on where it stood.
 */
import { comeBack, type Talk } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { FRESH, LONGEST_REVERSAL, takeUp } from '../cancelling';

export async function wanted(talk: Talk): Promise<boolean> {
  const { heard, memory, lookups, conversation } = talk;
  if (conversation.holder !== 'bot' || memory.dialogs.some(({ dialog }) => dialog === 'danger')) return false;
  // 'I don't want to leave my number', asked for one, is about that.
  if (memory.dialogs.at(-1)?.dialog === 'form' && talk.means('no-contact')) return false;
  const hasJustLeft = memory.left !== undefined && lookups.now.getTime() - Date.parse(memory.left) < FRESH;
  const isTakenBack =
    hasJustLeft && memory.dialogs.length === 0 && (heard.wanted !== null || (isShort(talk) && talk.means('mind-changed')));
  if (!isTakenBack && heard.wanted !== 'kept') return false;
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'opt-out');
  if (isTakenBack || !(await lookups.mayWrite())) {
    comeBack(talk);
    takeUp(talk);
  } else talk.say(talk.t('stop.kept'));
  return true;
}

function isShort({ text }: Talk): boolean {
  return countWords(text) <= LONGEST_REVERSAL;
}
