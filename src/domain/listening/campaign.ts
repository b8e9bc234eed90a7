/**
 * What the town hall writes once to many: news of a theme, a question to answer, and what came of it. It reaches each
 * through the inbox of their own conversation, as an event that the bot puts into words there.
 */
import { houseEvent, readHouseEvent } from '../event';
import type { Localised } from '../language/localised';
import { markOf } from '../mark';
import type { Activity } from '../message/activity';

export type CampaignState = 'sending' | 'sent' | 'stopped';

/** A question: one of some choices, or free words where there are none. */
export interface Poll {
  choices?: Localised[];
  /** Milliseconds since 1970: no answer counts from then on. */
  closesAt: number;
  /** Its results are on their way to those who answered. */
  isClosed?: true;
}

export interface Campaign {
  /** Of who writes it; of results, the id of their poll and `-results`. */
  id: string;
  town: string;
  /** For colleagues. */
  title: string;
  /** By language of the town. */
  texts: Localised;
  /** To those who subscribed to one of these; empty for results. */
  themes: string[];
  /** Of these sectors alone; everywhere when empty. */
  sectors: string[];
  /** Leaves in quiet hours too. */
  isUrgent: boolean;
  poll?: Poll;
  /** Results of this poll: to those who answered it. */
  resultsOf?: string;
  by: { id: string; name: string };
  /** Milliseconds since 1970: confirmed. */
  at: number;
  state: CampaignState;
  /** How many people it was confirmed for. */
  people: number;
  /** Where the next batch begins: the theme, by its place, and the last row read of it. */
  cursor: { theme: number; after: string };
  handed: number;
  /** People who had said STOP. */
  skipped: number;
}

const NAME = 'campaign.sent';

/** The event that tells one person's conversation; in the language they subscribed in where nothing else is known of it. */
export function bulletinOf({ id, town }: Pick<Campaign, 'id' | 'town'>, language: string): Activity {
  return { ...houseEvent(town, NAME, { campaign: id }), locale: language };
}

/** Which campaign an event is about; null for any other, and for one that came in from outside. */
export function readBulletin(activity: Activity): string | null {
  const { campaign } = readHouseEvent(activity, NAME) ?? {};
  return typeof campaign === 'string' ? campaign : null;
}

/** Who is behind an address, as a mark: a phone is one person by SMS and WhatsApp alike; elsewhere the conversation is. */
export function personMark(channel: string, address: string, conversation: string): string {
  return markOf(channel === 'sms' || channel === 'whatsapp' ? address.replace(/^whatsapp:/, '') : conversation);
}

/** Where a campaign stands in the inbox of one person: whoever hands it out, and however often, it is the same. */
export function bulletinId({ id }: Pick<Campaign, 'id'>, person: string): string {
  return `campaign:${id}:${person}`;
}

export function textOf(texts: Localised, language: string, first: string): string {
  return texts[language] ?? texts[first] ?? Object.values(texts)[0] ?? '';
}

export function isPollOpen({ poll }: Pick<Campaign, 'poll'>, now: Date): boolean {
  return poll !== undefined && !poll.isClosed && now.getTime() < poll.closesAt;
}

/** Fewer are told to nobody outside the town hall: somebody could find themself in it. */
export const SMALL = 5;

/** How often each choice was taken, as everybody may see it: null where it is few. */
export function withoutSmall(counts: number[]): Array<number | null> {
  return counts.map((count) => (count > 0 && count < SMALL ? null : count));
}
