/**
 * Words about a request that was sent: 'it is not repaired' within thirty days, a correction within minutes, the answer the
 * service waits for. Looked for only where the words, or the news just told, say that there may be one.
 */

import { addTo, correctionOf, fileIds, fits, isPhone, type JoinData, type Talk, theirs } from '../../dialogs';
import { countWords, phraseKey } from '../../domain/language/words';
import { isReopenable, resolvedAt } from '../../domain/ticket/citizen-change';
import { isOpen } from '../../domain/ticket/states';
import { findReferences, type Ticket } from '../../domain/ticket/ticket';
import { begin } from '../hold';
import { adds } from './adding';
import { JUST_SENT, justSent } from './open-tickets';

const DAY = 24 * 3600_000;
/** News is answered within so many days without saying what is meant. */
const ANSWERED = 3 * DAY;
const BARE = 4;
/** Shorter is no detail. */
const FEWEST_WORDS = 3;

/** What steers the conversation is no word about a request, wherever it stands. */
const STEERING = ['cancel', 'person', 'status', 'help', 'lost-reference'];
const CONTROL: ReadonlySet<string> = new Set([
  'talk_to_human',
  'ticket_status',
  'cancel',
  'help',
  'switch_language',
  'privacy_request',
  'about_bot',
]);
const COURTESIES: ReadonlySet<string> = new Set(['greet', 'thanks', 'bye']);

export async function aboutRequest(talk: Talk): Promise<boolean> {
  const { memory, heard, text } = talk;
  if (text === '' || memory.dialogs.length > 0 || heard.beside || heard.asks || heard.wish) return false;
  if (STEERING.some((list) => talk.means(list))) return false;
  if (talk.means('own-question') && (await tellOwn(talk))) return true;
  if (talk.means('not-fixed') || (await refusesNews(talk))) return notFixed(talk);
  if (await adds(talk)) return true;
  const [top] = heard.intents;
  // 'I got that wrong' is like a wish to cancel, 'it is number 5, actually' like one to follow it: both say what it is instead.
  const isWrong = !talk.means('gives-up') && (talk.means('correction') || talk.means('wrong-place'));
  const isInstead = isWrong && (top?.topic === 'cancel' || (top?.topic === 'ticket_status' && (await talk.entities()).doors));
  if (heard.zone === 'act' && top && CONTROL.has(top.topic) && !isInstead) return false;
  if (await correction(talk)) return true;
  return answer(talk);
}

/** 'What was my reference?', 'where did I say it was?': told, and not added to the request, unless it says something new. */
async function tellOwn(talk: Talk): Promise<boolean> {
  const { place, phones, emails } = await talk.entities();
  if (place || phones.length + emails.length > 0 || !(await theirs(talk)).some(isOpen)) return false;
  await begin(talk, 'status', {});
  return true;
}

/** The news just told, while it can still be answered with a word. */
function news({ memory, lookups }: Talk) {
  const { told } = memory;
  return told && lookups.now.getTime() - Date.parse(told.at) <= ANSWERED ? told : undefined;
}

/** 'No' to 'your request is done'. */
async function refusesNews(talk: Talk): Promise<boolean> {
  if (news(talk)?.state !== 'resolved' || countWords(talk.text) > BARE) return false;
  return (await talk.entities()).yesNo === 'no';
}

async function notFixed(talk: Talk): Promise<boolean> {
  const { now } = talk.lookups;
  const all = await theirs(talk);
  const [named] = findReferences(talk.text);
  if (named && !all.some(({ reference }) => reference === named)) return false;
  const mine = named ? all.filter(({ reference }) => reference === named) : await fitting(talk, all);
  const done = mine.filter((ticket) => isReopenable(ticket, now));
  // Nothing was called done: whoever is impatient adds to what is open.
  const found = done.length > 0 ? lately(done, now) : mine.filter(isOpen);
  return oneOf(talk, found, { text: talk.text, files: fileIds(talk.activity.attachments), topic: reportHeard(talk) });
}

/** Of several, the one that was called done in these days, where it is the only one. */
function lately(done: Ticket[], now: Date): Ticket[] {
  const fresh = done.filter((ticket) => now.getTime() - (resolvedAt(ticket) ?? 0) <= ANSWERED);
  return fresh.length === 1 ? fresh : done;
}

async function fitting(talk: Talk, tickets: Ticket[]): Promise<Ticket[]> {
  const checked = await Promise.all(tickets.map(async (ticket) => ((await fits(talk, ticket)) ? [ticket] : [])));
  return checked.flat();
}

function topicHeard({ heard, ...talk }: Talk): string | undefined {
  const [top] = heard.intents;
  return heard.zone === 'act' && top && talk.topic(top.topic) ? top.topic : undefined;
}

function reportHeard(talk: Talk): string | undefined {
  const topic = topicHeard(talk);
  return topic && talk.topic(topic)?.kind === 'report' ? topic : undefined;
}

/** Joined where it can be one request only; asked where it can be two; false where it is none's. */
async function oneOf(talk: Talk, found: Ticket[], input: Omit<JoinData, 'references'>): Promise<boolean> {
  const [only] = found;
  if (!only) return false;
  if (found.length === 1) await addTo(talk, only, input);
  else await begin(talk, 'join', { ...input, references: found.map(({ reference }) => reference) } satisfies JoinData);
  return true;
}

async function deniesAnything(talk: Talk): Promise<boolean> {
  const { notAt = [], doors } = await talk.entities();
  return notAt.length > 0 || (doors?.denied.length ?? 0) > 0;
}

/** 'C'est pas la rue Voltaire, c'est la rue Diderot', 'not 14 but 12': the place of a request is denied, and another said. */
async function denies(talk: Talk, { place: noted }: Ticket): Promise<boolean> {
  const { notAt = [], place, doors } = await talk.entities();
  const key = ` ${phraseKey(noted?.text ?? '')} `;
  const isNamed = (names: string[]) => names.some((name) => key.includes(` ${phraseKey(name)} `));
  return (place !== null && isNamed(notAt)) || (doors !== undefined && doors.said.length > 0 && isNamed(doors.denied));
}

/** 'At 9, yes', where the street alone was put right a moment ago. */
async function completesStreet(talk: Talk): Promise<boolean> {
  const { doors, place } = await talk.entities();
  if (!doors?.isAll || doors.said.length !== 1 || place) return false;
  const [last] = await justSent(talk);
  return last?.place?.precision === 'street' && last.history.at(-1)?.kind === 'corrected';
}

async function correction(talk: Talk): Promise<boolean> {
  const { lookups } = talk;
  const isWrong = talk.means('wrong-place');
  const isMeant = isWrong || (talk.means('correction') && !reportHeard(talk)) || (await completesStreet(talk));
  // Most messages correct nothing, and need no look at what was sent.
  if (!isMeant && !(await deniesAnything(talk))) return false;
  const since = lookups.now.getTime() - JUST_SENT;
  const fresh = (await lookups.ticketsHere()).filter((one) => isOpen(one) && Date.parse(one.updatedAt) >= since);
  const [last] = fresh;
  if (!last) return false;
  const isDenied = (await Promise.all(fresh.map((ticket) => denies(talk, ticket)))).some(Boolean);
  if (!isDenied && !isMeant) return false;
  const words = withoutDenied(talk);
  const corrections = await Promise.all(fresh.map((ticket) => correctionOf(talk, ticket, words)));
  const understood = fresh.flatMap((ticket, n) => (corrections[n] ? [{ ticket, correction: corrections[n] }] : []));
  const [first] = understood;
  if (first)
    return oneOf(
      talk,
      understood.map(({ ticket }) => ticket),
      { text: talk.text, files: [], correction: first.correction },
    );
  const { place, doors, saysWhere } = await talk.entities();
  if (isWrong && !place && !doors) {
    const references = fresh.map(({ reference }) => reference);
    await begin(talk, 'join', { references, text: '', files: [], isOpen: true, isPlace: true } satisfies JoinData);
    return true;
  }
  const isElse = talk.heard.zone === 'act' && !(saysWhere && talk.heard.intents[0]?.topic === 'cancel');
  if (isElse || countWords(talk.text) < FEWEST_WORDS) return false;
  return oneOf(talk, fresh, { text: talk.text, files: fileIds(talk.activity.attachments) });
}

/** 'It is 21, not 12': what is denied is left out. */
function withoutDenied(talk: Talk): string {
  const denied = talk.t('join.denied').split('|').join('|');
  return talk.text.replace(new RegExp(`(?<!\\p{L})(?:${denied})\\s*\\d+\\s?(?:bis|ter)?(?!\\p{L})`, 'giu'), ' ');
}

/** What the service waits for: on a phone it may be asked of whoever wrote to the page. */
async function answer(talk: Talk): Promise<boolean> {
  const { heard, text } = talk;
  const [top] = heard.intents;
  const isCourtesy = heard.zone === 'act' && top && COURTESIES.has(top.topic) && countWords(text) <= BARE;
  if (isCourtesy || (news(talk)?.state !== 'waiting' && !(isPhone(talk) && heard.zone !== 'act'))) return false;
  const files = fileIds(talk.activity.attachments);
  if (findReferences(text).length > 0 || (files.length > 0 && talk.means('add'))) return false;
  const waiting = (await theirs(talk)).filter(({ state }) => state === 'waiting');
  const input = { text, files, topic: topicHeard(talk) };
  const found = await fitting(talk, waiting);
  if (found.length > 0 || waiting.length === 0 || news(talk)?.state !== 'waiting') return oneOf(talk, found, input);
  // Heard as something else, and an answer is waited for: it is asked which.
  await begin(talk, 'join', { ...input, references: waiting.map(({ reference }) => reference) } satisfies JoinData);
  return true;
}
