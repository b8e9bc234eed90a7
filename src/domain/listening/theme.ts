/**
 * What a town writes about to those who asked for it: themes that citizens subscribe to by a message ('prévenez-moi des
 * travaux'), and the hours in which nobody is written to unasked. Declared in `town.yml`.
 */
import type { Localised } from '../language/localised';
import { phraseKey } from '../language/words';

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
  return (subscriptions?.themes ?? []).filter((theme) =>
    [...Object.values(theme.words).flat(), ...Object.values(theme.name)].some((word) => said.includes(` ${bareOf(word)} `)),
  );
}

/** The words without those that name a theme, keyed. */
export function besideThemes(subscriptions: Subscriptions | undefined, words: string): string {
  const names = (subscriptions?.themes ?? []).flatMap((theme) => [...Object.values(theme.words), ...Object.values(theme.name)]);
  const longest = names
    .flat()
    .map(bareOf)
    .sort((a, b) => b.length - a.length);
  return longest.reduce((left, word) => left.replaceAll(` ${word} `, ' '), ` ${bareOf(words)} `).trim();
}

/** Shorter words have no ending to take away. */
const SHORTEST_PLURAL = 4;

function bareOf(words: string): string {
  return phraseKey(words)
    .split(' ')
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
