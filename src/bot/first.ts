/**
 * What is listened for before anything else, in any state and whoever holds the conversation:
 * words that opt out, and danger. Then, while a person holds it, silence.
 */
import { dialogs, type Talk } from '../dialogs';

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

export async function danger(talk: Talk): Promise<boolean> {
  const { heard, memory, conversation } = talk;
  if (!heard.danger) return false;
  const isKnown = memory.dialogs.at(-1)?.dialog === 'danger';
  if (isKnown && talk.means('help-called')) return false;
  if (!isKnown) talk.act({ kind: 'alert', danger: heard.danger });
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog !== 'danger');
  const begun = await dialogs.find(({ name }) => name === 'danger')?.begin(talk, { danger: heard.danger });
  if (begun?.next === 'wait' && conversation.holder === 'bot') {
    memory.dialogs.push({ dialog: 'danger', data: begun.data as Record<string, unknown> });
  }
  return true;
}

/** While a person holds the conversation, or it waits for one, the bot is silent. */
export async function holder(talk: Talk): Promise<boolean> {
  return talk.conversation.holder !== 'bot';
}
