/**
 * News that cannot arrive where the citizen wrote from goes to the phone or the e-mail address they gave: WhatsApp
 * lets nothing through after a day of silence without an approved template, the number may have left it, and a
 * web page is read only by whoever comes back. So does what a person of the town hall answers by WhatsApp. Once, under an id of its own; never to whoever opted out of either.
 */
import type { ChannelName } from '../../domain/conversation';
import { isByPerson } from '../../domain/message/activity';
import type { Lane, Letter } from '../../domain/message/courier';
import { type Unasked, unaskedOf } from '../../domain/message/letter';
import type { Ticket } from '../../domain/ticket/ticket';
import type { OutboxRow } from '../../store/rows/mail';
import { hasOptedOut } from '../consent';
import type { MailroomParts } from '../parts';
import { rowOf } from './letter-row';

/** What another way cures, in the words of the channel. Whoever blocked us there is not written to elsewhere. */
const CURED = new Set([
  'window-closed',
  'bad-recipient',
  'bad-sender',
  'no-sender',
  'invalid-content',
  'unsupported-parameter',
  'sender-restricted',
]);

const ANY: Array<OutboxRow['state']> = ['due', 'sending', 'unknown', 'sent', 'dead'];

function isCured(reason: string): boolean {
  return CURED.has(reason) || reason.startsWith('template');
}

type Message = Omit<Letter, 'channel'> & Pick<OutboxRow, 'order'> & { channel: ChannelName | Lane };

export interface Fallback {
  /** The id of the letter that goes instead, or null when none may; writing it twice writes it once. */
  instead(message: Message, reason: string): Promise<string | null>;
  /** A message that its citizen has to come and read also goes to the phone or the address they gave, if it may. */
  beside(message: Message): Promise<void>;
}

export function createFallback({
  bot,
  mail,
  tickets,
  conversations,
  ledger,
  couriers,
  clock,
  log,
  onStep,
}: MailroomParts): Fallback {
  const step = onStep ?? (() => {});
  const lanes = new Set(couriers.map(({ lane }) => lane));

  /**
   * A person of the town hall answered by WhatsApp after a day of silence: no template has their words, so they go to the same
   * number as a text message, which says where to answer.
   */
  async function answerInstead({ town, conversation, channel, activity, address }: Message): Promise<Unasked | null> {
    if (channel !== 'whatsapp' || !isByPerson(activity) || !activity.text || !bot.unread) return null;
    const number = addressFor('sms', { channel, address }, null);
    const courier = couriers.find(({ lane }) => lane === 'sms');
    const held = number && courier?.threadWith?.(town, number) ? await conversations.find(conversation) : null;
    if (!held) return null;
    const { text } = bot.unread(held.conversation, activity.text);
    return { ...activity.channelData, unprompted: true, fallback: 'sms', fallbackText: text };
  }

  async function write(message: Message, reason: string, isPush: boolean): Promise<string | null> {
    const { town, channel, conversation, order } = message;
    const news = unaskedOf(message.activity);
    if (news && !(news.ticket || news.campaign)) return null;
    const unasked = news ?? (await answerInstead(message));
    const way = unasked?.fallback;
    if (!way || !lanes.has(way) || channel === way) return null;
    const address = addressFor(
      way,
      message,
      unasked.isFollower || !unasked.ticket ? null : await tickets.byReference(town, unasked.ticket),
    );
    if (!address || (await hasOptedOut(ledger, town, message.address)) || (await hasOptedOut(ledger, town, address))) return null;
    const id = `${message.id}~${way}`;
    // Noted on the message first: after a crash it must not be tried where it was refused and arrive both ways.
    if (isPush) await mail.outbox.move(message.id, ANY, { $set: { fallback: id, reason } });
    const { template: _template, fallback: _fallback, fallbackText, mail: mailData, ...channelData } = unasked;
    const activity = {
      ...message.activity,
      ...{ id, channelId: way, text: fallbackText ?? message.activity.text },
      channelData: { ...channelData, ...mailData },
    };
    const written = await mail.outbox.write(
      rowOf(
        { id, town, channel: way, conversation, address, activity },
        // Behind what it stands for, before what follows.
        { at: clock().getTime(), order: `${order}~`, insteadOf: message.id },
      ),
    );
    if (written === 'new') log('info', 'outbox.fallback', { outbox: id, channel, lane: way, reason });
    step('outbox:fallback');
    return id;
  }

  return {
    instead: async (message, reason) => (isCured(reason) ? write(message, reason, true) : null),
    async beside(message) {
      await write(message, 'not-pushed', false);
    },
  };
}

/** What was noted with the request, to be written to; else the number that wrote by WhatsApp, when it is one. */
function addressFor(
  way: 'sms' | 'email',
  { channel, address }: Pick<Message, 'channel' | 'address'>,
  ticket: Ticket | null,
): string | null {
  if (ticket?.contact?.kind === (way === 'sms' ? 'phone' : 'email')) return ticket.contact.value;
  return way === 'sms' && channel === 'whatsapp' ? (/^whatsapp:(\+[1-9]\d{6,14})$/.exec(address)?.[1] ?? null) : null;
}
