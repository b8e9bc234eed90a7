/**
 * A person of the town hall answered on the page, and its citizen was gone: after a while the answer also goes to the phone or
 * the e-mail address that they asked to be written to with a request made there. Once, until they come back; not at all when
 * the page has it by then. The letter waits in a thread of its own, so that it holds nothing up.
 */
import type { Conversation } from '../../domain/conversation';
import type { Lane } from '../../domain/message/courier';
import type { OutboxRow } from '../../store/rows/mail';
import { hasOptedOut } from '../consent';
import type { MailroomParts } from '../parts';
import { rowOf } from './letter-row';

/** Requests of one page that are looked through for a contact. */
const MOST = 10;

/** What an agent said, in which line of the transcript. */
interface Answer extends Pick<OutboxRow, 'order'> {
  text: string;
  line: number;
  /** Milliseconds since 1970. */
  at: number;
}

export function createUnread(parts: MailroomParts) {
  const { mail, tickets, ledger, conversations, couriers, unreadAfterMs = 0, bot } = parts;
  const lanes = new Set<Lane>(couriers.map(({ lane }) => lane));

  async function contactOf({ town, channel, address }: Conversation) {
    const own = await tickets.ofAddress(town, channel, address, MOST);
    return own.find((ticket) => ticket.contact && lanes.has(laneOf(ticket.contact.kind)))?.contact;
  }

  return {
    /** To be called again after a crash: the same letter is written once. */
    async later(conversation: Conversation, { text, line, at, order }: Answer): Promise<void> {
      if (unreadAfterMs === 0 || !text) return;
      const contact = await contactOf(conversation);
      const { id: of, town, address } = conversation;
      if (!contact || !bot.unread || (await hasOptedOut(ledger, town, address))) return;
      // As it stands: what was in hand when this was decided does not know who came back since.
      const seen = (await conversations.find(of))?.conversation.reachedLine ?? 0;
      const id = `${of}~unread~${seen}`;
      const channel = laneOf(contact.kind);
      const { text: words, subject } = bot.unread(conversation, text);
      const activity = {
        ...{ type: 'message' as const, id, channelId: channel, text: words, textFormat: 'plain' as const },
        channelData: { unprompted: true, subject },
      };
      const letter = { id, town, channel, conversation: `unread:${of}`, address: contact.value, activity };
      await mail.outbox.write({ ...rowOf(letter, { at: at + unreadAfterMs, order }), unlessReached: { conversation: of, line } });
    },

    /** Whether the page has had since what the letter tells of. */
    async isReached({ unlessReached }: OutboxRow): Promise<boolean> {
      if (!unlessReached) return false;
      const held = await conversations.find(unlessReached.conversation);
      return !held || (held.conversation.reachedLine ?? 0) >= unlessReached.line;
    },
  };
}

const laneOf = (kind: 'phone' | 'email'): Lane => (kind === 'phone' ? 'sms' : 'email');
