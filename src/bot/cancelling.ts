/**
 * 'Cancel': what is under way is put away. A request that was sent is taken back only after a question, and where
 * something else was said last nothing is asked: it is said how it would be.
 */
import { type Talk, ticketName } from '../dialogs';
import type { Memory } from '../domain/conversation';
import { countWords } from '../domain/language/words';
import { findReferences, type Ticket } from '../domain/ticket/ticket';
import { resume } from './hold';
import { isShort } from './reactions';
import { openTickets } from './requests/open-tickets';
import { askToWithdraw } from './requests/withdrawing';

export async function cancel(talk: Talk): Promise<boolean> {
  const { memory } = talk;
  const top = memory.dialogs.at(-1)?.dialog;
  const isForm = top === 'form' || top === 'person';
  const [reference] = findReferences(talk.text);
  if (!isForm || reference) {
    const open = await openTickets(talk);
    const theirs = reference ? open.filter((ticket) => ticket.reference === reference) : open;
    if (reference && theirs.length === 0) {
      talk.say(talk.t('cancel.cannot'), { choices: [{ title: talk.t('person.ask') }] });
      return true;
    }
    const [sent] = theirs;
    const isIdle = memory.dialogs.length === 0 && memory.held.files.length === 0;
    // 'Never mind', after something else was answered, dismisses that.
    if (sent && !reference && isIdle && memory.lastTopic && !isNamed(talk, sent) && !talk.means('take-back')) {
      const how = talk.t('cancel.how', { reference: sent.reference });
      talk.say(talk.t('cancel.sent', { reference: sent.reference, name: ticketName(talk, sent), how }), {
        choices: [{ title: how }],
      });
      return true;
    }
    if (sent && (reference || isIdle || open.some((each) => isNamed(talk, each)))) return askToWithdraw(talk, theirs);
  }
  const wasHolding = memory.dialogs.length > 0 || memory.held.files.length > 0;
  if (!wasHolding) memory.waiting = [];
  putAway(talk);
  talk.say(talk.t(wasHolding ? 'cancel.done' : 'cancel.nothing'));
  return true;
}

export function putAway({ memory, lookups }: Talk): void {
  const top = memory.dialogs.pop();
  if (top && TAKEN_UP.has(top.dialog)) memory.putAway = { ...top, at: lookups.now.toISOString() };
  memory.held = { files: [] };
}

/** What holds answers that would have to be given again. */
const TAKEN_UP: ReadonlySet<string> = new Set(['form', 'person']);
/** So long a change of mind is about what was ended last. */
export const FRESH = 30 * 60_000;
/** Longer words ask for something themselves. */
export const LONGEST_REVERSAL = 8;
/** More beside a no says something of its own. */
const SHORTEST_REFUSAL = 3;
/** A second meaning heard with so much beside the first is said too. */
const ALSO = 0.15;

/** 'Actually yes', after a cancellation: it goes on where it stood. */
export async function takeUpAgain(talk: Talk): Promise<boolean> {
  if (countWords(talk.text) > LONGEST_REVERSAL || !unsent(talk)) return false;
  const isOffered = talk.memory.offered.some(({ title }) => title === talk.t('yes'));
  const { yesNo } = await talk.entities();
  // Offered to be taken up again, and refused.
  if (isOffered && yesNo === 'no' && countWords(talk.text) <= SHORTEST_REFUSAL) {
    talk.memory.putAway = undefined;
    talk.say(talk.t('cancel.done'));
    return true;
  }
  const isMeant = talk.means('uncancel') || (isOffered && yesNo === 'yes');
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

/** 'My report', 'the street light'. */
function isNamed(talk: Talk, ticket: Ticket): boolean {
  return talk.means('own-request') || talk.heard.intents.slice(0, 2).some(({ topic }) => topic === ticket.topic);
}

/** 'Cancel the street light' is no new report for whoever has sent one, and no answer to the form that is open about one. */
export async function cancelsTheirs(talk: Talk): Promise<boolean> {
  const held = talk.memory.dialogs.at(-1);
  const tops = talk.heard.intents.slice(0, 2);
  if (held?.dialog === 'form')
    return (
      talk.means('take-back') && tops[0]?.topic === held.data.topic && countWords(talk.text) <= LONGEST_REVERSAL && cancel(talk)
    );
  if (held || !tops.some(({ topic, confidence }) => topic === 'cancel' && confidence > ALSO)) return false;
  return (await openTickets(talk)).some((ticket) => isNamed(talk, ticket)) && cancel(talk);
}

/** 'Cancel my request, and the lamp is out': a request that was sent is meant, and not only what is being asked. */
export async function isOfSent(talk: Talk): Promise<boolean> {
  if (findReferences(talk.text).length > 0) return true;
  const isSaid = talk.means('take-back') || talk.means('own-request');
  return isSaid && talk.memory.dialogs.length === 0 && (await openTickets(talk)).length > 0;
}

/** 'Or send the file', after an answer, or a letter that 'confirms': nothing is held that could be cancelled, and no word asks for it. */
export async function cancelsNothing(talk: Talk): Promise<boolean> {
  const isTold = talk.memory.lastTopic !== undefined || !isShort(talk);
  return isTold && (await talk.lookups.ticketsHere()).length === 0;
}
