/** Taking back requests that were sent from here: asked once, because a request withdrawn is not worked on. */
import { readChoice } from '../choices';
import type { Dialog, Step, Talk } from '../dialog';
import { leaveQueue } from '../queue';

interface Named {
  reference: string;
  name: string;
  topic?: string;
}

interface WithdrawData extends Named {
  /** Others that can be meant: which one is asked. */
  others?: Named[];
}

const MOST_LISTED = 5;
const ALL = 'all';
const NONE = 'none';

export const withdraw: Dialog = {
  name: 'withdraw',
  async begin(talk, input) {
    askToWithdraw(talk, input as WithdrawData);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const data = input as WithdrawData;
    const { yesNo } = await talk.entities();
    const listed = listOf(data);
    if (yesNo === 'no' || talk.means('keep') || talk.means('uncancel')) return kept(talk, listed);
    if (listed.length > 1) {
      const chosen = readChoice(talk.text, choicesOf(talk, listed), talk.choosing);
      if (chosen === NONE) return kept(talk, listed);
      if (chosen === ALL) return takeBack(talk, listed);
      const meant = listed.filter(({ reference }) => reference === chosen);
      const alike = listed.filter(({ topic }) => topic === talk.heard.intents[0]?.topic);
      if (meant.length > 0) return takeBack(talk, meant);
      // 'The lamp', whatever the town calls it.
      if (alike.length === 1 && talk.heard.zone !== 'none') return takeBack(talk, alike);
    }
    if (yesNo === 'yes' && listed.length === 1) return takeBack(talk, listed);
    // 'Cancel', said again, may as well mean the question: only a yes takes it back.
    if (yesNo !== 'yes' && !talk.means('take-back') && !talk.means('cancel')) return { next: 'not-mine' };
    askToWithdraw(talk, data);
    return { next: 'wait', data };
  },
  askAgain(talk, input) {
    askToWithdraw(talk, input as WithdrawData);
  },
};

function kept(talk: Talk, listed: Named[]): Step {
  talk.say(talk.t(listed.length > 1 ? 'cancel.kept-all' : 'cancel.kept'));
  return { next: 'done' };
}

function takeBack(talk: Talk, listed: Named[]): Step {
  const { holder, queue } = talk.conversation;
  for (const { reference } of listed) {
    talk.act({ kind: 'updateTicket', reference, change: { kind: 'cancel' } });
    // Nobody calls who does not want to be called any more.
    if (holder === 'queue' && queue?.ticket === reference) leaveQueue(talk, queue);
  }
  talk.say(listed.map(({ reference }) => talk.t('cancel.withdrawn', { reference })).join('\n'));
  return { next: 'done' };
}

function listOf({ reference, name, topic, others = [] }: WithdrawData): Named[] {
  return [{ reference, name, topic }, ...others].slice(0, MOST_LISTED);
}

function choicesOf(talk: Talk, listed: Named[]) {
  const all = { id: ALL, words: [talk.t('cancel.all'), ...talk.t('words.all').split('|')] };
  const none = { id: NONE, words: [talk.t('cancel.none')] };
  return [...listed.map(({ reference, name }) => ({ id: reference, words: [name, reference, ...name.split(', ')] })), all, none];
}

function askToWithdraw(talk: Talk, data: WithdrawData): void {
  const listed = listOf(data);
  if (listed.length > 1) {
    const choices = listed.map(({ reference, name }) => ({ title: name, value: reference }));
    talk.say(talk.t('cancel.which'), {
      choices: [...choices, { title: talk.t('cancel.all') }, { title: talk.t('cancel.none') }],
    });
    return;
  }
  const { reference, name } = data;
  talk.say(talk.t('cancel.withdraw', { reference, name }), { choices: [{ title: talk.t('yes') }, { title: talk.t('no') }] });
}
