/**
 * Where does my request stand? From the same address without a reference; otherwise with the
 * reference and proof of the contact on it. Whether a reference is somebody else's or nobody's is
 * answered in the same words, after the same look-ups, and tries are limited.
 */
import { findReferences, isOpen, type Ticket } from '../domain/ticket';
import { readChoice } from './choices';
import type { Dialog, Step, Talk } from './dialog';

interface StatusData {
  at: 'which' | 'reference' | 'proof';
  references?: string[];
  reference?: string;
}

const MOST_WRONG = 3;
const MOST_LISTED = 5;

export const status: Dialog = {
  name: 'status',

  async begin(talk) {
    const [reference] = findReferences(talk.text);
    if (reference) return show(talk, reference);
    const here = await talk.lookups.ticketsHere();
    const [only] = here;
    if (!only) {
      talk.say(talk.t('status.which-reference'));
      return { next: 'wait', data: { at: 'reference' } satisfies StatusData };
    }
    const open = here.filter((ticket) => ticket.state !== 'done' && ticket.state !== 'cancelled' && ticket.state !== 'rejected');
    if (here.length === 1 || open.length === 1) {
      tell(talk, open[0] ?? only);
      passOver(talk, here, (open[0] ?? only).reference);
      return { next: 'done' };
    }
    const listed = (open.length > 0 ? open : here).slice(0, MOST_LISTED);
    talk.say(talk.t('status.which'), {
      choices: listed.map((ticket) => ({ title: ticketName(talk, ticket), value: ticket.reference })),
    });
    return { next: 'wait', data: { at: 'which', references: listed.map((ticket) => ticket.reference) } satisfies StatusData };
  },

  async hear(talk, input) {
    const data = input as StatusData;
    const [reference] = findReferences(talk.text);
    if (reference && reference !== data.reference) return show(talk, reference);
    if (data.at === 'which') {
      const chosen = readChoice(
        talk.text,
        (data.references ?? []).map((each) => ({ id: each, words: [each] })),
      );
      if (!chosen) return { next: 'not-mine' };
      passOver(talk, await talk.lookups.ticketsHere(), chosen);
      return show(talk, chosen);
    }
    if (data.at === 'proof' && data.reference) return hearProof(talk, data.reference);
    if (talk.heard.zone === 'act') return { next: 'not-mine' };
    // Something that was meant as a reference but cannot be one: said plainly, nothing looked up.
    if (/\d/.test(talk.text)) {
      talk.say(talk.t('status.not-a-reference'));
      return { next: 'wait', data };
    }
    return { next: 'not-mine' };
  },

  askAgain(talk, input) {
    const { at } = input as StatusData;
    talk.say(talk.t(at === 'proof' ? 'status.proof' : 'status.which-reference'));
  },
};

/** For 'no, the other one'. */
function passOver(talk: Talk, here: Ticket[], told: string): void {
  const references = here.map(({ reference }) => reference).filter((reference) => reference !== told);
  talk.memory.passed = { topics: [], references: references.slice(0, MOST_LISTED), text: '' };
}

async function show(talk: Talk, reference: string): Promise<Step> {
  const [ticket, wrong] = await Promise.all([talk.lookups.ticket(reference), talk.lookups.wrongProofs(reference)]);
  if (ticket && (await isTheirs(talk, ticket))) {
    tell(talk, ticket);
    return { next: 'done' };
  }
  if (wrong >= MOST_WRONG) return locked(talk);
  talk.say(talk.t('status.proof'));
  return { next: 'wait', data: { at: 'proof', reference } satisfies StatusData };
}

async function hearProof(talk: Talk, reference: string): Promise<Step> {
  const [ticket, wrong, said] = await Promise.all([
    talk.lookups.ticket(reference),
    talk.lookups.wrongProofs(reference),
    talk.entities(),
  ]);
  if (wrong >= MOST_WRONG) return locked(talk);
  const proofs = [...said.phones, ...said.emails.map((email) => email.toLowerCase())];
  // One proof at a time: a list of guesses is one wrong proof.
  if (ticket?.contact && proofs.length === 1 && proofs[0] === ticket.contact.value) {
    tell(talk, ticket);
    return { next: 'done' };
  }
  // Only something offered as proof counts as a try; a story about whose ticket it is does not.
  if (proofs.length === 0 && !/\d{4}|(?:\d[\s.-]?){6}|@/.test(talk.text)) {
    if (talk.heard.zone === 'act' && talk.topic(talk.heard.intents[0]?.topic ?? '')?.kind === 'question')
      return { next: 'not-mine' };
    talk.say(talk.t('status.only-proof'));
    return { next: 'wait', data: { at: 'proof', reference } satisfies StatusData };
  }
  talk.act({ kind: 'countAttempt', reference });
  if (wrong + 1 >= MOST_WRONG) return locked(talk);
  talk.say(talk.t('status.wrong-proof'));
  return { next: 'wait', data: { at: 'proof', reference } satisfies StatusData };
}

function locked(talk: Talk): Step {
  talk.say(talk.t('status.locked'), { choices: [{ title: talk.t('person.ask') }] });
  return { next: 'done' };
}

/** Opened from this very address, and not so long ago that the number may be somebody else's by now. */
async function isTheirs(talk: Talk, ticket: Ticket): Promise<boolean> {
  return (await talk.lookups.ticketsHere()).some(({ reference }) => reference === ticket.reference);
}

/** What and where, as the citizen knows it. */
export function ticketName(talk: Talk, ticket: Ticket): string {
  const title = talk.local(talk.topic(ticket.topic)?.title ?? { [talk.memory.language]: ticket.title });
  return ticket.place ? `${title}, ${ticket.place.text}` : title;
}

/** State, dates and delay: nothing that an agent wrote for agents, nothing about who asked. */
function tell(talk: Talk, ticket: Ticket): void {
  const lines = [
    talk.t('status.is', {
      reference: ticket.reference,
      name: ticketName(talk, ticket),
      state: talk.t(`status.state.${ticket.state}`),
      opened: talk.day(ticket.openedAt),
    }),
  ];
  const comment = ticket.history.filter((event) => event.isPublic && event.by === 'agent' && event.text).at(-1);
  if (comment) lines.push(talk.t('status.comment', { date: talk.day(comment.at), text: comment.text ?? '' }));
  if (isOpen(ticket)) lines.push(ticket.delayDays ? talk.t('form.delay', { days: ticket.delayDays }) : talk.t('status.no-delay'));
  talk.say(lines.join('\n'));
}
