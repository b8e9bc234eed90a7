/**
 * A request begun on a phone and left half-way is recalled after twenty minutes, once: a screen that is put away
 * shows no question any more. On the web the question still stands there.
 */
import { isPhone, type Talk } from '../../dialogs';
import { readReminder } from '../../domain/reminder';
import { repeatPending } from '../hold';

const MINUTE = 60_000;
const AFTER = 20 * MINUTE;
/** Later than this (the server was away) it would not remind but disturb. */
const TOO_LATE = 4 * 60 * MINUTE;

type Draft = 'form' | 'held';

/** What waits for the citizen, if anything does: an unfinished form, or photos and places not yet said to be about anything. */
function draftOf({ memory }: Talk): Draft | null {
  const top = memory.dialogs.at(-1)?.dialog;
  if (top === 'form' || top === 'person') return 'form';
  return !top && (memory.held.files.length > 0 || memory.held.place) ? 'held' : null;
}

/** After each message of a citizen: when to come back to what is unfinished. */
export function planReminder(talk: Talk): void {
  const { memory, conversation } = talk;
  const draft = draftOf(talk);
  if (!draft) memory.isReminded = false;
  const isWanted = draft && !memory.isReminded && isPhone(talk) && conversation.holder === 'bot';
  memory.remindAt = isWanted ? talk.lookups.now.getTime() + AFTER : 0;
}

/** The moment has come. */
export async function remind(talk: Talk): Promise<boolean> {
  const { memory, conversation, lookups } = talk;
  const at = readReminder(talk.activity);
  // The citizen wrote meanwhile: another moment stands now, or none.
  if (at === null || at !== memory.remindAt) return false;
  memory.remindAt = 0;
  const draft = draftOf(talk);
  const isLate = lookups.now.getTime() - at > TOO_LATE;
  if (!draft || isLate || conversation.holder !== 'bot' || !(await lookups.mayWrite())) return true;
  memory.isReminded = true;
  const channelData = { unprompted: true };
  if (draft === 'held') talk.say(talk.t('reminder.held'), { channelData });
  else {
    talk.say(talk.t('reminder.form'), { channelData });
    repeatPending(talk, memory.dialogs.at(-1));
  }
  return true;
}
