/**
 * What the web channel is made from, and its limits. They are set so that a citizen, a
 * classroom or a town hall behind one address never meets them, and a script does.
 */
import type { IncomingMessage } from 'node:http';
import type { Activity } from '../../domain/message/activity';
import type { FileStore } from '../../domain/message/file';
import type { Town } from '../../domain/town';
import type { Receive } from '../channel';
import type { Sign } from './signs';

/** A line of a transcript; numbers start at 1 and rise, without being reused. */
export interface Line {
  line: number;
  activity: Activity;
  /** Who wrote it. */
  from: string;
}

/** The transcript as the citizen may read it, their own messages included: this channel's outbox. */
export interface Feed {
  /** Lines after a number, oldest first. */
  after(conversation: string, line: number, limit: number): Promise<Line[]>;
  /** The same, of what this process wrote a moment ago; what others wrote may be missing. */
  news(conversation: string, line: number, limit: number): Promise<Line[]>;
  /** Conversations that changed at a moment (ISO) or since, the first that did first: how many lines each has, of notes too. */
  changedSince(at: string, limit: number): Promise<Array<{ id: string; lines: number; updatedAt: string }>>;
  /** Number of the last line; null when there is no such conversation. */
  last(conversation: string): Promise<number | null>;
}

export interface Rate {
  count: number;
  seconds: number;
}

export interface Limits {
  /** New conversations from one address. */
  conversations: Rate;
  /** Messages in one conversation. */
  messages: Rate;
  /** Messages from one address, over all its conversations. */
  messagesPerAddress: Rate;
  /** Signs of typing and of having read, in one conversation. */
  signs: Rate;
  /** Reads of one conversation; directlinejs asks at most five times a second. */
  reads: Rate;
  /** Files sent in one conversation. */
  files: Rate;
  /** Open streams of one conversation: one for each tab. */
  streams: number;
  streamsPerAddress: number;
  /** Uploads being received from one address at the same time. */
  uploadsPerAddress: number;
  /** Bytes of uploads held in memory at the same time, over all citizens; whoever holds most gives way. */
  uploadBytes: number;
  /** The least that an upload brings in every stretch of time; one that stands still is let go. */
  uploadPace: { bytes: number; everyMs: number };
  /** Millions of pixels that are drawn for one address. */
  megapixels: Rate;
  /** Characters of a message. */
  text: number;
}

export const USUAL_LIMITS: Limits = {
  conversations: { count: 60, seconds: 600 },
  messages: { count: 60, seconds: 60 },
  messagesPerAddress: { count: 600, seconds: 60 },
  signs: { count: 60, seconds: 60 },
  reads: { count: 1000, seconds: 10 },
  files: { count: 40, seconds: 3600 },
  streams: 10,
  streamsPerAddress: 200,
  uploadsPerAddress: 5,
  uploadBytes: 96 * 1024 * 1024,
  uploadPace: { bytes: 15 * 1024, everyMs: 15_000 },
  megapixels: { count: 1500, seconds: 600 },
  text: 10_000,
};

export interface WebParts {
  /** Lines of a person of the town hall reached the citizen's page, up to this number. Must not throw and must not wait. */
  onReached?: (conversation: string, line: number) => void;
  /** The citizen types, or has read up to a message. Must not throw and must not wait. */
  onSign?: (conversation: string, sign: Sign) => void;
  receive: Receive;
  feed: Feed;
  towns: { get(id: string): Town | undefined; list(): Town[] };
  /** Signs tokens; at least 32 bytes. */
  secret: string;
  /** What server-side clients show instead of a token; without one there are no such clients. */
  directLineSecret?: string;
  /** Where the outside world reaches this server: `https://guichet.example`. */
  publicUrl: () => string;
  files: FileStore;
  clock: () => Date;
  mode: 'demo' | 'live';
  limits?: Partial<Limits>;
  /** The citizen's network address; the socket's own when absent, so that no header is believed unasked. */
  clientIp?: (request: IncomingMessage) => string;
  /** Told of what went wrong where nobody waits for an answer. */
  fault?: (where: string, error: unknown) => void;
}
