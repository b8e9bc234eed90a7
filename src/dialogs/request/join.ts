/**
 * What comes after a request was sent: a word, a photo, an answer to the service, 'it is not repaired', 'sorry, it is 21'. Where
 * one request is surely meant it joins that one, and it is said which; otherwise it is asked. Nothing is guessed between two.
 */
import { isReopenable, type TicketChange } from '../../domain/ticket/citizen-change';
import { isOpen } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';
import { readChoice } from '../choices';
import type { Dialog, Step, Talk } from '../dialog';
import { theirs, ticketName } from './theirs';

export interface JoinData {
  /** The requests it may be for. */
  references: string[];
  text: string;
  files: string[];
  /** What becomes of it where none of them is meant. */
  topic?: string;
  /** A correction as it was understood. */
  correction?: Extract<TicketChange, { kind: 'correct' }>;
}

const MOST_LISTED = 5;
/** Characters kept of what is added. */
const LONGEST = 1000;

export const join: Dialog = {
  name: 'join',
  async begin(talk, input) {
    await askWhich(talk, input as JoinData);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const data = input as JoinData;
    const chosen = await meant(talk, data);
    if (chosen === null) return { next: 'not-mine' };
    if (chosen === '') return another(talk, data);
    const ticket = (await theirs(talk)).find(({ reference }) => reference === chosen);
    if (ticket) addTo(talk, ticket, data);
    return { next: 'done' };
  },
  askAgain(talk, input) {
    const { references } = input as JoinData;
    talk.say(talk.t('join.again'), {
      choices: choicesOf(
        talk,
        references.map((each) => [each, each]),
      ),
    });
  },
};

/** A request, '' for none of them, or null: no answer to that. */
async function meant(talk: Talk, { references }: JoinData): Promise<string | null> {
  const offered = [...references.map((id) => ({ id, words: [id] })), { id: '', words: [talk.t('join.other')] }];
  const chosen = readChoice(talk.text, offered, talk.choosing);
  if (chosen !== null) return chosen;
  const { yesNo } = await talk.entities();
  if (yesNo === 'no') return '';
  return yesNo === 'yes' && references.length === 1 ? (references[0] ?? null) : null;
}

function another(talk: Talk, { text, files, topic }: JoinData): Step {
  if (files.length > 0) talk.memory.held.files = [...talk.memory.held.files, ...files].slice(0, MOST_LISTED);
  if (topic) return { next: 'become', topic, text };
  talk.say(talk.t(files.length > 0 ? 'media.what' : 'choose.say-more'));
  return { next: 'done' };
}

async function askWhich(talk: Talk, { references, files, text }: JoinData): Promise<void> {
  const found = (await theirs(talk)).filter(({ reference }) => references.includes(reference));
  const [only] = found;
  const what = files.length > 0 && text === '' ? 'join.photo' : 'join.ask';
  if (only && found.length === 1) {
    const named = { reference: only.reference, name: ticketName(talk, only) };
    talk.say(talk.t(what, named), { choices: [{ title: talk.t('yes') }, { title: talk.t('no') }] });
    return;
  }
  const choices = choicesOf(
    talk,
    found.slice(0, MOST_LISTED).map((ticket) => [ticketName(talk, ticket), ticket.reference]),
  );
  talk.say(talk.t('join.which'), { choices });
}

function choicesOf(talk: Talk, named: string[][]) {
  return [...named.map(([title = '', value]) => ({ title, value })), { title: talk.t('join.other') }];
}

/** It is this request's: what was said, sent or corrected is on it, and it is said so. */
export function addTo(talk: Talk, ticket: Ticket, { text, files, correction }: Omit<JoinData, 'references'>): void {
  const { reference } = ticket;
  const words = text.slice(0, LONGEST);
  const name = ticketName(talk, ticket);
  const act = (change: TicketChange) => talk.act({ kind: 'updateTicket', reference, change });
  talk.memory.misses = 0;
  if (correction) {
    act(correction);
    talk.say(talk.t('join.corrected', { reference, value: correction.text }));
  } else if (isReopenable(ticket, talk.lookups.now)) {
    act({ kind: 'reopen', text: words, files });
    talk.act({ kind: 'recordReopening', service: ticket.service });
    talk.say(talk.t('join.reopened', { reference, name }));
  } else if (!isOpen(ticket)) talk.say(talk.t('join.closed', { reference }), { choices: [{ title: talk.t('person.ask') }] });
  else {
    act(words ? { kind: 'comment', text: words, files } : { kind: 'attach', files });
    const said = !words ? 'media.added' : ticket.state === 'waiting' ? 'join.answered' : 'join.added';
    talk.say(talk.t(said, { reference, name }));
  }
}
