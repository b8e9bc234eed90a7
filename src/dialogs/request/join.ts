/**
 * What comes after a request was sent: a word, a photo, an answer to the service, 'it is not repaired', 'sorry, it is 21'. Where
 * one request is surely meant it joins that one, and it is said which; otherwise it is asked. Nothing is guessed between two.
 */
import { countWords } from '../../domain/language/words';
import { isReopenable, type TicketChange } from '../../domain/ticket/citizen-change';
import { isOpen } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';
import { readChoice } from '../choices';
import type { Dialog, Step, Talk } from '../dialog';
import { fileIds } from '../form/fields';
import { correctionOf, isUnknownDoorIn } from './corrected';
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
  /** They wish to add something, and have not said what; `isPlace`: the place is wrong, and the right one is asked for. */
  isOpen?: boolean;
  isPlace?: boolean;
}

const MOST_LISTED = 5;
/** A longer 'no' says something that is to be added. */
const LONGEST_BARE = 4;
/** Characters kept of what is added. */
const LONGEST = 1000;

export const join: Dialog = {
  name: 'join',
  async begin(talk, input) {
    const data = input as JoinData;
    if (data.isOpen) askWhat(talk, data);
    else await askWhich(talk, data);
    return { next: 'wait', data: input };
  },
  async hear(talk, input) {
    const data = input as JoinData;
    if (data.isOpen) return hearWhat(talk, data);
    const chosen = await meant(talk, data);
    if (chosen === null) return { next: 'not-mine' };
    if (chosen === '') return another(talk, data);
    const ticket = (await theirs(talk)).find(({ reference }) => reference === chosen);
    if (ticket) await addTo(talk, ticket, data);
    return { next: 'done' };
  },
  askAgain(talk, input) {
    const { references, isOpen, isPlace } = input as JoinData;
    if (isOpen) return askWhat(talk, { references, isPlace });
    talk.say(talk.t('join.again'), {
      choices: choicesOf(
        talk,
        references.map((each) => [each, each]),
      ),
    });
  },
};

function askWhat(
  talk: Talk,
  { references: [reference = '', ...others], isPlace }: Pick<JoinData, 'references' | 'isPlace'>,
): void {
  const asks = isPlace ? 'join.where' : others.length > 0 ? 'join.what' : 'join.what-to';
  talk.say(talk.t(asks, { reference }));
}

/** What is to be added: the words that come next, unless they ask for something else. */
async function hearWhat(talk: Talk, data: JoinData): Promise<Step> {
  const { text, heard } = talk;
  const { yesNo } = await talk.entities();
  const isBare = countWords(text) <= LONGEST_BARE;
  if (isBare && (yesNo === 'no' || talk.means('skip'))) {
    talk.say(talk.t('join.nothing'));
    return { next: 'done' };
  }
  const files = fileIds(talk.activity.attachments);
  if (files.length === 0 && (text === '' || (isBare && yesNo === 'yes'))) {
    askWhat(talk, data);
    return { next: 'wait', data };
  }
  const about = heard.zone === 'act' ? talk.topic(heard.intents[0]?.topic ?? '') : undefined;
  if (about?.kind === 'question' && text.includes('?')) return { next: 'not-mine' };
  const said: JoinData = { references: data.references, text, files };
  const [ticket, ...others] = (await theirs(talk)).filter(({ reference }) => data.references.includes(reference));
  if (ticket && (others.length === 0 || data.isPlace)) {
    const correction = data.isPlace ? await correctionOf(talk, ticket, text) : null;
    await addTo(talk, ticket, correction ? { ...said, correction } : said);
    return { next: 'done' };
  }
  await askWhich(talk, said);
  return { next: 'wait', data: said };
}

/** A request, '' for none of them, or null: no answer to that. */
async function meant(talk: Talk, { references }: JoinData): Promise<string | null> {
  const offered = [...references.map((id) => ({ id, words: [id] })), { id: '', words: [talk.t('join.other')] }];
  const chosen = readChoice(talk.text, offered, talk.choosing);
  if (chosen !== null) return chosen;
  const { yesNo } = await talk.entities();
  if (yesNo === 'no') return '';
  // 'The lamp', whatever the town calls it.
  const [top] = talk.heard.intents;
  const alike = (await theirs(talk)).filter(({ reference, topic }) => references.includes(reference) && topic === top?.topic);
  const [only] = alike;
  if (only && references.length > 1 && alike.length === 1 && countWords(talk.text) <= LONGEST_BARE) return only.reference;
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
export async function addTo(
  talk: Talk,
  ticket: Ticket,
  { text, files, correction }: Omit<JoinData, 'references'>,
): Promise<void> {
  const { reference } = ticket;
  const words = text.slice(0, LONGEST);
  const name = ticketName(talk, ticket);
  const act = (change: TicketChange) => talk.act({ kind: 'updateTicket', reference, change });
  talk.memory.misses = 0;
  if (correction) {
    act(correction);
    const isNew = correction.label !== undefined;
    const said = isNew ? 'join.contact' : (await isUnknownDoorIn(talk, correction)) ? 'join.unknown-door' : 'join.corrected';
    talk.say(talk.t(said, { reference, name, value: correction.text }));
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
