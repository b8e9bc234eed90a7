/**
 * While a conversation waits for a person the bot is silent, but for those who ask how long it takes, leave a message
 * instead, or come back to the bot. Where a message was left already, or danger was spoken of, it goes on answering.
 */
import { isPhone, type Talk, tellOutlook } from '../dialogs';
import { toHubOf } from '../domain/desk/hub';
import { type QueueEntry, toldOf } from '../domain/desk/queue';
import { begin } from './hold';

export async function waiting(talk: Talk): Promise<boolean> {
  const { queue } = talk.conversation;
  if (!queue || queue.botAnswers) return false;
  if (talk.means('leave-queue') || talk.means('cancel')) {
    goesAway(talk, queue);
    talk.say(talk.t('queue.left'));
    return true;
  }
  const wantsCallback = talk.means('call-back');
  if (wantsCallback || talk.means('leave-message')) {
    goesAway(talk, queue);
    const text = queue.subject || talk.text;
    await begin(talk, 'person', { text, service: queue.service, isMessage: queue.subject !== '', mayWait: false, wantsCallback });
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

/** One less to wait: the queue moves on, and how fast it does is what others are told. */
function goesAway(talk: Talk, { service, queuedAt, hub: asked }: QueueEntry): void {
  const { hub } = talk.town;
  if (hub && asked === hub.name)
    talk.act({ kind: 'toHub', url: hub.url, activity: toHubOf(talk.conversation.id, { type: 'endOfConversation' }) });
  talk.passTo('bot', null);
  const ms = Math.max(0, talk.lookups.now.getTime() - Date.parse(queuedAt));
  talk.act({ kind: 'recordQueue', what: 'left', service, ms });
}
