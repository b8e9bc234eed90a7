/**
 * The port of understanding: what a citizen's words mean, as data. Everything behind it
 * runs in this process, on CPU, offline, trained from the town's own topic files.
 */
import type { Entities, FollowUp, FoundPlace, Heard } from '../domain/language/heard';
import type { Topic } from '../domain/topic/topic';
import type { GeoPoint, Town } from '../domain/town';

export type { DangerKind } from '../domain/language/danger';
export type { Entities, FoundPlace, Heard, HeardIntent, HeardLanguage } from '../domain/language/heard';

export interface HearOptions {
  town: string;
  /** Language of the conversation so far, or null at its first message. */
  prior: string | null;
  /** The language the conversation is in, where that is none of the town's. */
  foreign?: string;
  now: Date;
  /** For `read`: whether dates to come or dates gone by are asked for; without it the words decide. */
  looks?: 'ahead' | 'back';
  /** For `read`: the local date last spoken of (`YYYY-MM-DD`), on which "and the 25th?" leans. */
  spokenOf?: string;
}

export interface TrialOptions {
  town: string;
  language: string;
  now: Date;
  /** Of a draft; the town's own when absent. */
  topics?: Topic[];
}

export interface Understanding {
  /** Resolves when all towns are learnt; rejects when one cannot be. */
  learnt: Promise<void>;
  /** Null when a town's messages can be heard; else it is learnt next, and this resolves when it is. */
  learning(town: string): Promise<void> | null;
  /** Language, danger, opt-out and intent. Never blocks the process for more than 20 ms. */
  hear(text: string, options: HearOptions): Promise<Heard>;
  /** Dates, places, numbers and the like in a text; slow readers run in a worker with a time limit. */
  read(text: string, options: HearOptions): Promise<Entities>;
  /** A follow-up on the topic last answered: the detail it is about (null: none of its details), or null. */
  followUp(text: string, topic: string, options: HearOptions): Promise<FollowUp | null>;
  /**
   * How words would be heard, with the town's topics or with those of a draft: what is heard, and the narrower answer they
   * are about. The last draft is kept learnt; a new one takes seconds.
   */
  tryOut(text: string, options: TrialOptions): Promise<{ heard: Heard; detail: string | null }>;
  /** Texts that mean the same, as lists of their places, the largest first. Waits between few of them. */
  group(town: string, texts: Array<{ text: string; language: string }>): Promise<number[][]>;
  /** The address nearest to a pin, or null outside every street. */
  nearest(town: string, point: GeoPoint): FoundPlace | null;
  /** Trains again after topics were edited, in the background, and swaps without a pause. */
  retrain(town: Town, topics: Topic[]): Promise<void>;
  close(): Promise<void>;
}
