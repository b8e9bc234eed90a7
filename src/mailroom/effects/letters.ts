/** Letters beside a conversation: an e-mail, a text message to somebody who may not be in it, what another hub is told. */
import type { Conversation, Pending } from '../../domain/conversation';
import type { Effect } from '../../domain/effect';
import type { Letter } from '../../domain/message/courier';
import { orderOf, rowOf } from '../outbox/letter-row';
import type { Outbox } from '../outbox/outbox';
import type { MailroomParts } from '../parts';

export function createLetters({ couriers }: Pick<MailroomParts, 'couriers'>, outbox: Outbox) {
  const lanes = new Set(couriers.map(({ lane }) => lane));

  async function post(letter: Letter, { at }: Pending, line: number): Promise<void> {
    // Without a courier nobody would ever take it from the pile.
    if (!lanes.has(letter.channel)) return;
    await outbox.write(rowOf(letter, { at: Date.parse(at), order: orderOf(Date.parse(at), line) }));
    outbox.ask(letter.conversation);
  }

  return {
    mail(
      id: string,
      { to: address, text, mail }: Extract<Effect, { kind: 'writeMail' }>,
      { id: conversation, town }: Conversation,
      pending: Pending,
      line: number,
    ): Promise<void> {
      const activity = { type: 'message' as const, id, text, channelData: { ...mail } };
      return post({ id, town, channel: 'email', conversation: `mail:${conversation}`, address, activity }, pending, line);
    },
    text(
      id: string,
      { to: address, text }: Extract<Effect, { kind: 'writeText' }>,
      { id: conversation, town }: Conversation,
      pending: Pending,
      line: number,
    ): Promise<void> {
      const activity = { type: 'message' as const, id, text, channelData: { unprompted: true as const } };
      return post({ id, town, channel: 'sms', conversation: `code:${conversation}`, address, activity }, pending, line);
    },
    toHub(
      id: string,
      { url: address, activity: told }: Extract<Effect, { kind: 'toHub' }>,
      { id: conversation, town }: Conversation,
      pending: Pending,
      line: number,
    ): Promise<void> {
      const activity = { type: 'event' as const, value: { ...told, id, timestamp: pending.at } };
      const letter = {
        id: `${id}~hub`,
        town,
        channel: 'webhook' as const,
        conversation: `hub:${conversation}`,
        address,
        activity,
      };
      return post(letter, pending, line);
    },
  };
}
