/**
 * While a conversation waits for a person the bot is silent, but for those who ask how long it takes, leave a message
 * instead, or come back to the bot. Where a message was left already, or danger was spoken of, it goes on answering.
 */
import { carriedFromForm, isPhone, leaveQueue, type Talk, tellOutlook } from '../dialogs';
import { toldOf } from '../domain/desk/queue';
import { takeUp, unsent } from './cancelling';
import { begin } from './hold';

export async function waiting(talk: Talk): Promise<boolean> {
  const { queue } = talk.conversation;
  if (!queue || queue.botAnswers) return false;
  if (talk.means('leave-queue') || talk.means('cancel')) {
    leaveQueue(talk, queue);
    talk.say(talk.t('queue.left'));
    takeUp(talk);
    return true;
  }
  const wantsCallback = talk.means('call-back');
  if (wantsCallback || talk.means('leave-message')) {
    leaveQueue(talk, queue);
    const text = queue.subject || talk.text;
    // What a form held goes with the message as it would have gone to the person.
    const held = unsent(talk);
    const carried = held && carriedFromForm(talk, held.data);
    if (carried) talk.memory.putAway = undefined;
    const isMessage = queue.subject !== '' && !carried;
    await begin(talk, 'person', { text, carried, service: queue.service, isMessage, mayWait: false, wantsCallback });
    return true;
  }
  if (talk.means('how-long')) {
    const outlook = await talk.lookups.outlook(queue.service);
    if (!outlook) return true;
    talk.passTo('queue', { ...queue, told: toldOf(outlook, talk.lookups.now.toISOString(), queue.told) });
    tellOutlook(talk, outlook);
    return true;
  }
  // On a phone each answer costs, and nobody sees that nothing was answered.
  if (!queue.subject && talk.text !== '' && !isPhone(talk)) talk.say(talk.t('queue.noted'));
  return true;
}
