/**
 * What comes after a request was sent and says of itself neither what it is nor for which: a photo alone, words that mean
 * nothing to us, the same thing reported again without a place. Whoever has something open is asked whether it is for that.
 */

import { addTo, fits, type JoinData, type Talk, theirs } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { isOpen } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';
import { begin } from '../hold';
import { justSent } from './open-tickets';

const DAY = 24 * 3600_000;
/** A request that nothing happened to for so long is hardly what is meant. */
const AT_HAND = 10 * DAY;
/** Fewer words say nothing that could be added. */
const FEWEST_WORDS = 3;

async function atHand(talk: Talk): Promise<Ticket[]> {
  const since = talk.lookups.now.getTime() - AT_HAND;
  return (await theirs(talk)).filter((ticket) => isOpen(ticket) && Date.parse(ticket.updatedAt) >= since);
}

/** What is said right after a request was sent, and asks nothing, is likely about it. */
export async function likelyMeant(talk: Talk): Promise<Ticket[]> {
  return talk.text.includes('?') || countWords(talk.text) < FEWEST_WORDS ? [] : justSent(talk);
}

async function askFor(talk: Talk, tickets: Ticket[], input: Omit<JoinData, 'references'>): Promise<boolean> {
  if (tickets.length === 0) return false;
  await begin(talk, 'join', { ...input, references: tickets.map(({ reference }) => reference) } satisfies JoinData);
  return true;
}

/** 'I add a photo', with the photo: to the one request that is open, whichever of several is asked. */
export async function photoAdded(talk: Talk, files: string[]): Promise<boolean> {
  const open = (await theirs(talk)).filter(isOpen);
  const [only] = open;
  if (only && open.length === 1) {
    await addTo(talk, only, { text: '', files });
    return true;
  }
  return talk.memory.dialogs.length === 0 && askFor(talk, open, { text: '', files });
}

/** A photo without words. */
export async function photoLater(talk: Talk, files: string[]): Promise<boolean> {
  return talk.memory.dialogs.length === 0 && askFor(talk, await atHand(talk), { text: talk.text, files });
}

/** Words that were not understood. */
export async function wordsLater(talk: Talk): Promise<boolean> {
  const { heard, memory, text } = talk;
  const isOurs = memory.dialogs.length === 0 && memory.misses === 0 && countWords(text) >= FEWEST_WORDS;
  if (!isOurs || heard.zone !== 'none') return false;
  const isChatter = heard.intents[0]?.topic === 'out_of_scope';
  const tickets = isChatter ? await likelyMeant(talk) : await atHand(talk);
  const checked = await Promise.all(tickets.map((ticket) => fits(talk, ticket)));
  return askFor(
    talk,
    tickets.filter((_, n) => checked[n]),
    { text, files: [] },
  );
}

/** What is open already, said once more and of no other place: the same thing? */
export async function sameAgain(talk: Talk, topic: string): Promise<boolean> {
  if (talk.memory.dialogs.length > 0 || talk.memory.held.place) return false;
  const tickets = (await atHand(talk)).filter((ticket) => ticket.topic === topic);
  const checked = await Promise.all(tickets.map((ticket) => fits(talk, ticket)));
  const { files } = talk.memory.held;
  const found = tickets.filter((_, n) => checked[n]);
  if (found.length > 0) talk.memory.held = { files: [] };
  return askFor(talk, found, { text: talk.text, files, topic });
}
