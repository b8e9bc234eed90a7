/**
 * Training: conversations that an agent plays against a citizen who is none. Each agent has a room of their own, which is a
 * town of its own to everything that keeps rows: what happens there stands in no list, figure, search or feed of the real
 * one. It knows what the real town knows, and nothing outside reaches it or is reached from it.
 */
import type { Localised } from '../language/localised';

/** A conversation to play: one file of `towns/<id>/training/`. */
export interface Exercise {
  id: string;
  title: Localised;
  /** What it is good for, read before it is begun. */
  about: Localised;
  /** The one its citizen writes. */
  language: string;
  service: string;
  /** What stands there when the agent comes. */
  opening: string[];
  /** What the citizen says next, one after each answer. */
  turns: string[];
  /** How it may end well: any of these outcomes, or handed on to this service. */
  outcomes: string[];
  transfer?: string;
  /** One of these must be said: a number to call in danger. */
  mentions?: string[];
  /** What the citizen told of themselves and an answer must not repeat. */
  personal?: string[];
}

/** What the town promises to those who write, and an exercise is looked at by. */
export interface Charter {
  takenWithinMinutes: number;
  answeredWithinMinutes: number;
  /** In words, for whoever answers. */
  points: Localised[];
  /** How an answer may begin, by language. */
  greetings: Record<string, string[]>;
}

export interface Training {
  charter: Charter;
  exercises: Exercise[];
}

/** One thing that was looked at, and whether it was so. */
export interface Fact {
  kind: 'taken' | 'answered' | 'greeted' | 'replied' | 'ended' | 'mentioned' | 'personal';
  isGood: boolean;
  /** Minutes, where it is about time. */
  minutes?: number;
  /** What was to be or was done: outcomes, services, numbers. */
  what?: string[];
}

const MARK = '~';

/** The room of an agent: `<town>~<n>`; a town's own name never holds the mark. */
export function roomOf(agent: string): string {
  return agent.replace(':', MARK);
}

/** Who the agent is in their room. */
export function traineeOf(agent: string): string {
  return `${roomOf(agent)}:1`;
}

/** The town whose room it is; any other as it is. */
export function realTownOf(town: string): string {
  const at = town.indexOf(MARK);
  return at === -1 ? town : town.slice(0, at);
}

export function isRoom(town: string): boolean {
  return town.includes(MARK);
}
