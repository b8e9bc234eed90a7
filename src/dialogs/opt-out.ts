/**
 * No more messages, please. Done at once when it is said; asked back when it may have been meant. Where nothing is sent
 * unasked but news and reminders, these stop.
 */
import { type Dialog, isPosted, type Talk } from './dialog';

/** Writes down that no more messages are wanted, puts away what was going on, and says so once. */
export function leave(talk: Talk): void {
  const { memory } = talk;
  const authority = talk.local(talk.town.authority);
  talk.act({ kind: 'recordConsent', given: false, words: talk.text.slice(0, 160) });
  memory.dialogs = [];
  memory.waiting = [];
  if (isPosted(talk)) talk.say(talk.t('stop.done', { authority }), { channelData: { confirmsOptOut: true } });
  else talk.say(talk.t('stop.done-here', { authority }));
}

export const optOut: Dialog = {
  name: 'opt-out',
  async begin(talk) {
    talk.say(talk.t('stop.ask'), { choices: [{ title: talk.t('yes') }, { title: talk.t('no') }] });
    return { next: 'wait', data: {} };
  },
  async hear(talk) {
    const { yesNo } = await talk.entities();
    if (!yesNo) return { next: 'not-mine' };
    if (yesNo === 'yes') leave(talk);
    else talk.say(talk.t('stop.kept'));
    return { next: 'done', isQuiet: true };
  },
  askAgain() {
    // A question that was passed over is not repeated.
  },
};
