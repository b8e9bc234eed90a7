/** Taking back a request that was sent from here: asked once, because a ticket withdrawn is not worked on. */
import type { Dialog, Talk } from './dialog';
import { leaveQueue } from './queue';

interface WithdrawData {
  reference: string;
  name: string;
}

export const withdraw: Dialog = {
  name: 'withdraw',
  async begin(talk, input) {
    askToWithdraw(talk, input as WithdrawData);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const { reference } = input as WithdrawData;
    const { yesNo } = await talk.entities();
    if (!yesNo) return { next: 'not-mine' };
    if (yesNo === 'yes') talk.act({ kind: 'updateTicket', reference, change: { kind: 'cancel' } });
    const { holder, queue } = talk.conversation;
    // Nobody calls who does not want to be called any more.
    if (yesNo === 'yes' && holder === 'queue' && queue?.ticket === reference) leaveQueue(talk, queue);
    talk.say(talk.t(yesNo === 'yes' ? 'cancel.withdrawn' : 'cancel.kept', { reference }));
    return { next: 'done' };
  },
  askAgain(talk, input) {
    askToWithdraw(talk, input as WithdrawData);
  },
};

function askToWithdraw(talk: Talk, { reference, name }: WithdrawData): void {
  talk.say(talk.t('cancel.withdraw', { reference, name }), { choices: [{ title: talk.t('yes') }, { title: talk.t('no') }] });
}
