/**
 * What is added right after a request was sent, or where only one is open: a detail, or a number to be told by. It stands on
 * the request, and it is said so; where two can be meant it is asked which.
 */
import { addTo, dropsContact, fits, isPosted, type JoinData, type Talk } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import type { TicketChange } from '../../domain/ticket/citizen-change';
import type { Ticket } from '../../domain/ticket/ticket';
import { begin, dialogOnTop } from '../hold';
import { justSent, openTickets } from './open-tickets';

/** So sure of another report, 'and there is also graffiti' is one. */
const SURE = 0.7;
/** 'Can I add something?', and nothing that could be added. */
const NOTHING_YET = 9;
/** More words beside a number say something of their own. */
const MOST_BESIDE = 14;

type Correction = Extract<TicketChange, { kind: 'correct' }>;

/** Those just sent; else the only one that is open. */
async function meant(talk: Talk): Promise<{ tickets: Ticket[]; isFresh: boolean }> {
  const fresh = await justSent(talk);
  if (fresh.length > 0) return { tickets: fresh, isFresh: true };
  const open = await openTickets(talk);
  return { tickets: open.length === 1 ? open : [], isFresh: false };
}

/** Joined where it can be one request only; asked where it can be two. */
async function join(talk: Talk, tickets: Ticket[], input: Omit<JoinData, 'references'>): Promise<true> {
  const [only, ...others] = tickets;
  if (only && others.length === 0) await addTo(talk, only, input);
  else await begin(talk, 'join', { ...input, references: tickets.map(({ reference }) => reference) } satisfies JoinData);
  return true;
}

/** 'Please add that it is sharp', 'I forgot to say…', 'can I add something?' */
export async function adds(talk: Talk): Promise<boolean> {
  const { text, heard } = talk;
  const isSaid = talk.means('adds') || (await saysPlate(talk));
  const isWhat = talk.means('adds-what') && countWords(text) < NOTHING_YET;
  if ((!isSaid && !isWhat && !talk.means('adds-more')) || talk.activity.attachments?.length) return false;
  const { tickets, isFresh } = await meant(talk);
  if (tickets.length === 0) return false;
  if (isWhat) {
    const references = tickets.map(({ reference }) => reference);
    await begin(talk, 'join', { references, text: '', files: [], isOpen: true } satisfies JoinData);
    return true;
  }
  const [top] = heard.intents;
  const topic = heard.zone === 'act' ? talk.topic(top?.topic ?? '') : undefined;
  const isOther = topic !== undefined && !tickets.some((ticket) => ticket.topic === topic.id);
  // Said to be added, it is, unless that was long ago and it sounds like another matter.
  if (isOther && !isFresh) return false;
  const isQuestion = topic?.kind === 'question' || text.includes('?');
  if (!isSaid && (!isFresh || (isOther && (isQuestion || (top?.confidence ?? 0) >= SURE)) || isQuestion)) return false;
  // Only another place speaks against it: 'there are bins on the road too' is a detail of the road.
  const anywhere = { ...talk, heard: { ...heard, zone: 'none' as const } };
  const fitting = await Promise.all(tickets.map((ticket) => fits(anywhere, ticket)));
  const found = tickets.filter((_, n) => fitting[n]);
  if (found.length === 0) return false;
  if (!isSaid && isOther) {
    const references = found.map(({ reference }) => reference);
    await begin(talk, 'join', { references, text, files: [], topic: topic.id } satisfies JoinData);
    return true;
  }
  return join(talk, found, { text, files: [] });
}

/** 'The plate is AB-123-CD', right after a vehicle was reported. */
async function saysPlate(talk: Talk): Promise<boolean> {
  const { plates, place } = await talk.entities();
  return plates.length > 0 && place === null && countWords(talk.text) < NOTHING_YET && (await meant(talk)).isFresh;
}

/**
 * 'Take my number off', where a form has it or asks for it: the number goes, and no message is stopped. Of a request that
 * was sent the service reads it.
 */
export async function contactOff(talk: Talk): Promise<boolean> {
  const { memory, heard, conversation } = talk;
  if (heard.danger || conversation.holder !== 'bot' || !dropsContact(talk)) return false;
  const held = memory.dialogs.at(-1)?.dialog;
  if (held === 'form') return dialogOnTop(talk);
  const { tickets } = held ? { tickets: [] } : await meant(talk);
  const withContact = tickets.filter(({ contact }) => contact !== undefined);
  return withContact.length > 0 && !isPosted(talk) && join(talk, withContact, { text: talk.text, files: [] });
}

/** 'My number is 06…': put on the request as the form would have, or told to the service where no number is asked for. */
export async function leavesContact(talk: Talk): Promise<boolean> {
  const { text, heard, memory, conversation } = talk;
  // An offer of what was perhaps meant is passed over.
  const isIdle = memory.dialogs.every(({ dialog }) => dialog === 'choose');
  if (text === '' || !isIdle || conversation.holder !== 'bot') return false;
  if (heard.danger || heard.optOut || heard.perhapsStop || heard.asks || talk.means('no-contact')) return false;
  const { phones, emails, place } = await talk.entities();
  const [contact, ...others] = [...phones, ...emails];
  if (!contact || others.length > 0 || place) return false;
  const { tickets, isFresh } = await meant(talk);
  const [top] = heard.intents;
  const isElse = heard.zone === 'act' && (top?.topic === 'talk_to_human' || talk.topic(top?.topic ?? '') !== undefined);
  if (tickets.length === 0 || (!talk.means('own-contact') && (!isFresh || isElse))) return false;
  const [ticket] = tickets;
  const correction = ticket && !isPosted(talk) ? contactOf(talk, ticket, contact) : null;
  const isMore = countWords(text) > MOST_BESIDE || text.includes('?');
  if (correction && isMore && ticket && tickets.length === 1)
    talk.act({ kind: 'updateTicket', reference: ticket.reference, change: { kind: 'comment', text } });
  return join(talk, tickets, { text, files: [], ...(correction ? { correction } : {}) });
}

/** The contact that stands with the request is replaced; where none does, it is the answer to the question of its form. */
function contactOf(talk: Talk, { topic, answers, contact: known }: Ticket, value: string): Correction | null {
  const asked = talk.topic(topic)?.form?.find(({ kind }) => kind === 'contact');
  const field = answers.find((answer) => answer.value === known?.value)?.field ?? asked?.id;
  if (!field) return null;
  const label = known || !asked ? {} : { label: asked.label[talk.memory.language] ?? talk.local(asked.label) };
  const contact = { kind: value.includes('@') ? ('email' as const) : ('phone' as const), value };
  return { kind: 'correct', field, text: talk.wording.contact(value), value, contact, ...label };
}
