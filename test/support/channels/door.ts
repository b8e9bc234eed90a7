/**
 * What a channel's driver tells the contract suite: how a citizen of that channel writes, sends a
 * photo, presses a button, what they see, how the provider repeats a delivery, and what a forged
 * or broken request looks like there. The suite knows nothing else of any channel.
 */
import type { AppParts } from '../../../src/app';
import type { ChannelName } from '../../../src/domain/conversation';

/** What some channels have and others have not. */
export const ABILITIES = [
  'photos',
  'positions',
  'buttons',
  'two towns',
  'opt-out words',
  /** The citizen's, which are no message. */
  'signs of typing',
  /** The town's, before its answer. */
  'signs of writing',
  'read receipts',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** One request, signed and ready; posted again it is the provider's, or the client's, repetition of the same. */
export interface Delivery {
  post(): Promise<Answer>;
}

export interface Answer {
  status: number;
  text: string;
  headers: Headers;
}

/** A message on the citizen's screen: its words, and what can be pressed. */
export interface Seen {
  text: string;
  buttons: string[];
}

/** A citizen nobody has heard of, who has been greeted. */
export interface Person {
  town: string;
  /** Their thread as rows name it. */
  conversation: string;
  /** Address, name, token: what may stand in no log and in no message. */
  secrets: string[];
  /** `extra`: fields the provider may add tomorrow, or leave null where the wire format can. */
  writes(text: string, extra?: Record<string, string | null>): Delivery;
  sends(photo: Buffer, text: string): Delivery;
  pins(latitude: number, longitude: number): Delivery;
  /** Presses a button last seen. */
  presses(title: string): Delivery;
  types(): Delivery;
  /** Whether they were shown that an answer is being written. */
  isShownWriting(): boolean;
  /** Looks at everything that arrived. */
  reads(): Promise<void>;
  /** Everything the town said, oldest first. */
  seen(): Promise<Seen[]>;
  /** All that left for them, as it went over the wire, by each way they can read it. */
  wire(): Promise<string>;
}

export type Named = [what: string, delivery: Delivery];

export interface OpenDoor {
  /** Someone of a town; `like`: the same address writing to another town. */
  someone(town?: string, like?: Person): Promise<Person>;
  /** Looks like the person's message, and comes from somebody else. */
  forged(person: Person): Named[];
  /** Truly from the provider, and nothing a channel can read. */
  malformed(person: Person): Named[];
  /** One person's attempts to read or write in another's thread. */
  intrusions(by: Person, into: Person): Named[];
  /** A message without words, file, value or place: put aside or refused, as this channel does it. */
  empty(person: Person): { delivery: Delivery; status: number };
  /** Resolves once nothing is on its way to a citizen's screen. */
  idle(): Promise<void>;
  close(): Promise<void>;
}

/** The channel's other side on this machine: what it adds to the configuration, and the door once the hall is open. */
export interface Provider {
  env: Record<string, string>;
  parts?: Pick<AppParts, 'botFrameworkCloud'>;
  open(url: string): OpenDoor;
}

export interface ChannelDriver {
  channel: ChannelName;
  /** The folder of `src/channels` whose contract this is. */
  folder: string;
  /** Where it cannot: why, as a sentence to operators. */
  can: Record<Ability, true | string>;
  start(): Promise<Provider>;
}
