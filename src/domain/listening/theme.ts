/**
 * What a town writes about to those who asked for it: themes that citizens subscribe to by a message ('prévenez-moi des
 * travaux'), and the hours in which nobody is written to unasked. Declared in `town.yml`.
 */
import type { Localised } from '../language/localised';
import { keyWords } from '../language/words';

export interface Theme {
  id: string;
  name: Localised;
  /** How citizens call it, by language: 'travaux', 'rue barrée'. */
  words: Record<string, string[]>;
}

export interface Subscriptions {
  themes: Theme[];
  /** Wall times of the town between which only what is urgent leaves: ['20:00', '08:00']. */
  quietHours?: [from: string, to: string];
}

/** The themes that words name, in the order of the town's file; without its endings of number, so 'crues' names 'crue'. */
export function themesNamed(subscriptions: Subscriptions | undefined, words: string): Theme[] {
  const said = ` ${bareOf(words)} `;
  return namesOf(subscriptions).flatMap(({ theme, names }) => (names.some((name) => said.includes(name)) ? [theme] : []));
}

/** The words without those that name a theme, keyed. */
export function besideThemes(subscriptions: Subscriptions | undefined, words: string): string {
  const longest = namesOf(subscriptions)
    .flatMap(({ names }) => names)
    .sort((a, b) => b.length - a.length);
  return longest.reduce((left, name) => left.replaceAll(name, ' '), ` ${bareOf(words)} `).trim();
}

interface Named {
  theme: Theme;
  /** Each with a space on both sides. */
  names: string[];
}

const known = new WeakMap<Subscriptions, Named[]>();

function namesOf(subscriptions: Subscriptions | undefined): Named[] {
  if (!subscriptions) return [];
  const made =
    known.get(subscriptions) ??
    subscriptions.themes.map((theme) => ({
      theme,
      names: [...Object.values(theme.words).flat(), ...Object.values(theme.name)].map((word) => ` ${bareOf(word)} `),
    }));
  known.set(subscriptions, made);
  return made;
}

/** Shorter words have no ending to take away. */
const SHORTEST_PLURAL = 4;

function bareOf(words: string): string {
  return keyWords(words)
    .map((word) => (word.length >= SHORTEST_PLURAL ? word.replace(/[sx]$/, '') : word))
    .join(' ');
}

/** Whether only what is urgent leaves at this moment. */
export function isQuiet(subscriptions: Subscriptions | undefined, timeZone: string, now: Date): boolean {
  const [from, to] = subscriptions?.quietHours ?? [];
  if (!from || !to) return false;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(now);
  return from < to ? time >= from && time < to : time >= from || time < to;
}
