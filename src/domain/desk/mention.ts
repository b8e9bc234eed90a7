/**
 * Colleagues who are named in a note, '@Karim Lefèvre': they are told, wherever they are at the desk, until they have read it.
 * Who is meant stands in the words alone, so that a note that was kept as a draft, or sent again, names the same people.
 */
import { fold } from '../language/words';
import type { QueueEntry } from './queue';

/** More people than this are not called by one conversation. */
const MOST = 20;

/** Ids of those whose whole name stands behind an '@', in the order of `people`; accents and capitals do not matter. */
export function namedIn(text: string, people: ReadonlyArray<{ id: string; name: string }>): string[] {
  const words = fold(text);
  const isNamed = (name: string) => {
    const sought = `@${fold(name).trim()}`;
    for (let at = words.indexOf(sought); at >= 0; at = words.indexOf(sought, at + 1))
      // Not an e-mail address, and not the beginning of a longer name.
      if (!/[\p{L}\p{N}._-]/u.test(words[at - 1] ?? ' ') && !/^[-']?[\p{L}\p{N}]/u.test(words.slice(at + sought.length)))
        return true;
    return false;
  };
  return people.filter(({ name }) => name.trim() !== '' && isNamed(name)).map(({ id }) => id);
}

/** The entry with these mentions beside those that are still unread; of one person the newest. */
export function withMentions(entry: QueueEntry, agents: readonly string[], by: string, at: string): QueueEntry {
  if (agents.length === 0) return entry;
  const others = (entry.mentions ?? []).filter(({ agent }) => !agents.includes(agent));
  return { ...entry, mentions: [...others, ...agents.map((agent) => ({ agent, by, at }))].slice(-MOST), mentionedAt: at };
}

/** The entry once this agent has read it. */
export function mentionRead(entry: QueueEntry, agent: string): QueueEntry {
  const { mentions = [], mentionedAt: _, ...rest } = entry;
  const left = mentions.filter((one) => one.agent !== agent);
  const last = left.at(-1);
  return last ? { ...rest, mentions: left, mentionedAt: last.at } : rest;
}
