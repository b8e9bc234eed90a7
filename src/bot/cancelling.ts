/**
 * 'Cancel': what is under way is put away. A request that was sent is taken back only when it is named, and after a
 * question; otherwise nothing is withdrawn, and it is said how it would be.
 */
import type { Talk } from '../dialogs';
import { isOpen } from '../domain/ticket/states';
import { findReferences, type Ticket } from '../domain/ticket/ticket';
import { begin } from './hold';

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

export function putAway({ memory }: Talk): void {
  memory.dialogs.pop();
  memory.held = { files: [] };
}

/** A request that was sent is taken back only when it is named: 'my report', 'the street light'. */
export function isNamed(talk: Talk, ticket: Ticket): boolean {
  return talk.means('own-request') || talk.heard.intents.slice(0, 2).some(({ topic }) => topic === ticket.topic);
}

function nameOf(talk: Talk, ticket: Ticket): string {
  return talk.local(talk.topic(ticket.topic)?.title) || ticket.title;
}
