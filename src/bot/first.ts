/**
 * What is listened for before anything else, in any state and whoever holds the conversation:
 * words that opt out, and danger. Then, while a person holds it, silence.
 */
import { adviseInCase, hearDanger, placeOfDanger, type Talk } from '../dialogs';
import { dialogOnTop } from './hold';

/** Opt-out and opt-in words as a whole message, on phones (protocols.md 1.10). */
export async function optOut(talk: Talk): Promise<boolean> {
  const { heard, memory, conversation, activity } = talk;
  if (conversation.channel !== 'sms' && conversation.channel !== 'whatsapp') return false;
  // With Advanced Opt-Out the carrier has answered already: it is recorded, and nothing more is said.
  const byCarrier = activity.channelData?.optOut;
  const asked = typeof byCarrier === 'string' ? byCarrier.toLowerCase() : heard.optOut;
  if (asked === 'help' && byCarrier) return true;
  if (asked !== 'stop' && asked !== 'start') return false;
  talk.act({ kind: 'recordConsent', given: asked === 'start', words: talk.text.slice(0, 160) });
  memory.dialogs = [];
  memory.waiting = [];
  if (byCarrier) return true;
  const authority = talk.local(talk.town.authority);
  if (asked === 'stop') talk.say(talk.t('stop.done', { authority }), { channelData: { confirmsOptOut: true } });
  else talk.say(talk.t('start.done', { authority }));
  return true;
}

/** Answers to whom to call, which are heard before they could mean anything else. */
const ABOUT_DANGER = ['danger-what', 'help-called', 'danger-over', 'false-alarm', 'help'];

export async function danger(talk: Talk): Promise<boolean> {
  const { heard, memory, conversation } = talk;
  if (heard.isMinor) memory.isMinor = true;
  const top = memory.dialogs.at(-1);
  const known = top?.dialog === 'danger' ? top : undefined;
  if (known && ABOUT_DANGER.some((list) => talk.means(list))) return dialogOnTop(talk);
  if (!heard.danger) {
    if (heard.perhapsDanger && !known) adviseInCase(talk, heard.perhapsDanger);
    return false;
  }
  talk.act({ kind: 'alert', news: 'danger', danger: heard.danger, ...(await placeOfDanger(talk)) });
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'danger');
  const data = hearDanger(talk, heard.danger, known?.data ?? null);
  if (conversation.holder === 'bot') memory.dialogs.push({ dialog: 'danger', data: { ...data } });
  return true;
}

/** While a person holds the conversation, or it waits for one, the bot is silent. */
export async function holder(talk: Talk): Promise<boolean> {
  return talk.conversation.holder !== 'bot';
}
