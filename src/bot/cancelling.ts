/**
 * 'Cancel': what is under way is put away. A request that was sent is taken back only when it is named, and after a
 * question; otherwise nothing is withdrawn, and it is said how it would be.
 */
import type { Talk } from '../dialogs';
import type { Memory } from '../domain/conversation';
import { countWords } from '../domain/language/words';
import { isOpen } from '../domain/ticket/states';
import { findReferences, type Ticket } from '../domain/ticket/ticket';
import { begin, resume } from './hold';

export async function cancel(talk: Talk): Promise<boolean> {
  const { memory } = talk;
  const top = memory.dialogs.at(-1)?.dialog;
  const isForm = top === 'form' || top === 'person';
  const [reference] = findReferences(talk.text);
  if (!isForm || reference) {
    const open = await openTickets(talk);
    const theirs = reference ? open.find((ticket) => ticket.reference === reference) : open.find((each) => isNamed(talk, each));
    if (theirs) {
      await begin(talk, 'withdraw', { reference: theirs.reference, name: nameOf(talk, theirs) });
      return true;
    }
    if (reference) {
      talk.say(talk.t('cancel.cannot'), { choices: [{ title: talk.t('person.ask') }] });
      return true;
    }
    const [sent] = open;
    if (sent && memory.dialogs.length === 0 && memory.held.files.length === 0) {
      const how = talk.t('cancel.how', { reference: sent.reference });
      talk.say(talk.t('cancel.sent', { reference: sent.reference, name: nameOf(talk, sent), how }), {
        choices: [{ title: how }],
      });
      return true;
    }
  }
  const wasHolding = memory.dialogs.length > 0 || memory.held.files.length > 0;
  if (!wasHolding) memory.waiting = [];
  putAway(talk);
  talk.say(talk.t(wasHolding ? 'cancel.done' : 'cancel.nothing'));
  return true;
}

export async function openTickets(talk: Talk): Promise<Ticket[]> {
  return (await talk.lookups.ticketsHere()).filter(isOpen);
}

export function putAway({ memory, lookups }: Talk): void {
  const top = memory.dialogs.pop();
  if (top && TAKEN_UP.has(top.dialog)) memory.putAway = { ...top, at: lookups.now.toISOString() };
  memory.held = { files: [] };
}

/** What holds answers that would have to be given again. */
const TAKEN_UP: ReadonlySet<string> = new Set(['form', 'person']);
const FRESH = 30 * 60_000;
/** Longer words ask for something themselves. */
const LONGEST_REVERSAL = 8;

/** 'Actually yes', after a cancellation: it goes on where it stood. */
export async function takeUpAgain(talk: Talk): Promise<boolean> {
  if (countWords(talk.text) > LONGEST_REVERSAL || !unsent(talk)) return false;
  const isOffered = talk.memory.offered.some(({ title }) => title === talk.t('yes'));
  const isMeant = talk.means('uncancel') || (isOffered && (await talk.entities()).yesNo === 'yes');
  return isMeant && takeUp(talk);
}

/** What was put away a moment ago goes on; false when there is nothing. */
export function takeUp(talk: Talk): boolean {
  const put = unsent(talk);
  if (!put) return false;
  talk.memory.putAway = undefined;
  resume(talk, { dialog: put.dialog, data: put.data });
  return true;
}

/** What was put away a moment ago, and not sent. */
export function unsent({ memory, lookups }: Talk): Memory['putAway'] {
  const { putAway: put } = memory;
  if (!put || memory.dialogs.length > 0 || lookups.now.getTime() - Date.parse(put.at) > FRESH) return undefined;
  return put;
}

/** A request that was sent is taken back only when it is named: 'my report', 'the street light'. */
export function isNamed(talk: Talk, ticket: Ticket): boolean {
  return talk.means('own-request') || talk.heard.intents.slice(0, 2).some(({ topic }) => topic === ticket.topic);
}

function nameOf(talk: Talk, ticket: Ticket): string {
  return talk.local(talk.topic(ticket.topic)?.title) || ticket.title;
}
