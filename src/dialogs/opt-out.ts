/**
 * No more messages, please. Done at once when it is said; asked back when it may have been meant. Where nothing is sent
 * unasked but news and reminders, these stop.
 */
import { keepCalling } from './danger/past';
import { type Dialog, isPosted, type Talk } from './dialog';

/** What holds answers that were not sent yet. */
const DRAFTS: ReadonlySet<string> = new Set(['form', 'person']);

/**
 * Writes down that no more messages are wanted, puts away what was going on, and says so once. Who is in danger stays so:
 * whom to call is said again.
 */
export function leave(talk: Talk): void {
  const authority = talk.local(talk.town.authority);
  talk.act({ kind: 'recordConsent', given: false, words: talk.text.slice(0, 160) });
  const isUnsent = putAside(talk);
  if (isPosted(talk)) {
    // Nothing more is sent there: that of a draft nothing has left is said in the same breath.
    const unsent = isUnsent ? `\n${talk.t('cancel.done')}` : '';
    talk.say(`${talk.t('stop.done', { authority })}${unsent}`, { channelData: { confirmsOptOut: true } });
  } else {
    talk.say(talk.t('stop.done-here', { authority }));
    if (isUnsent) sayUnsent(talk);
  }
  keepCalling(talk);
}

/** Messages are wanted again; a draft that was put aside with them stays at hand. */
export function comeBack(talk: Talk, { isSilent = false }: { isSilent?: boolean } = {}): void {
  const { memory } = talk;
  talk.act({ kind: 'recordConsent', given: true, words: talk.text.slice(0, 160) });
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog === 'danger');
  memory.waiting = [];
  memory.left = undefined;
  if (!isSilent) talk.say(talk.t('start.done', { authority: talk.local(talk.town.authority) }));
}

/** A draft was put away: nothing of it has left, and a yes takes it up again. */
export function sayUnsent(talk: Talk): void {
  talk.say(talk.t('stop.draft'), { choices: [{ title: talk.t('yes') }] });
}

/** Nothing is asked any more; a draft is kept for whoever takes it back. Returns whether there was one. */
export function putAside({ memory, lookups }: Talk): boolean {
  const draft = memory.dialogs.findLast(({ dialog }) => DRAFTS.has(dialog));
  memory.dialogs = memory.dialogs.filter(({ dialog }) => dialog === 'danger');
  memory.waiting = [];
  memory.left = lookups.now.toISOString();
  if (draft) memory.putAway = { ...draft, at: memory.left };
  return draft !== undefined;
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
