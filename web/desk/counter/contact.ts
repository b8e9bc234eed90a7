// What is being noted at the counter: kept while the agent looks elsewhere and over a reload of this tab, read by the server
// while it is typed, sent under one id until the server has it. The browser's storage is outside data.
import { useSyncExternalStore } from 'react';
import type { ContactReading, ContactReceipt } from '../../../src/desk/wire';
import { go } from '../route';
import { api, type Contact, Refused } from '../server/api';
import { current } from '../state/store';
import { explain } from '../state/toasts';

export const WAYS = ['visit', 'call', 'letter', 'email'] as const;

export interface CounterState {
  contact: Contact;
  actionId: string;
  /** The agent said what it is about, so that it no longer follows the words. */
  isChosen: boolean;
  reading?: ContactReading;
  receipt?: ContactReceipt;
  isSending: boolean;
  /** Something is missing, and the agent has tried to send. */
  isIncomplete: boolean;
  fault?: string;
}

const READ_AFTER_MS = 250;
const READ_AGAIN_MS = 3000;
const keyOf = () => `guichet-desk:${current().me?.id}:counter`;

function blank(way: Contact['way'] = 'visit'): CounterState {
  const language = current().me?.town.languages[0] ?? 'fr';
  const contact = { way, language, words: '', name: '', reach: '', answers: {} };
  return { contact, actionId: crypto.randomUUID(), isChosen: false, isSending: false, isIncomplete: false };
}

function kept(): CounterState {
  try {
    const { contact, isChosen, actionId } = JSON.parse(sessionStorage.getItem(keyOf()) ?? '{}') as Partial<CounterState>;
    const isWhole = contact && WAYS.includes(contact.way) && typeof contact.words === 'string' && typeof actionId === 'string';
    if (isWhole && contact.answers) return { ...blank(), contact, actionId, isChosen: isChosen === true };
  } catch {
    // As if nothing had been begun.
  }
  return blank();
}

let state: CounterState | undefined;
let owner: string | undefined;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let asked = 0;

function now(): CounterState {
  const me = current().me?.id;
  if (!state || owner !== me) {
    state = kept();
    owner = me;
    if (state.contact.words) readSoon(0);
  }
  return state;
}

function change(changes: Partial<CounterState>): void {
  state = { ...now(), ...changes };
  try {
    const { contact, isChosen, actionId, receipt } = state;
    if (receipt) sessionStorage.removeItem(keyOf());
    else sessionStorage.setItem(keyOf(), JSON.stringify({ contact, isChosen, actionId }));
  } catch {
    // A browser that keeps nothing still has what stands on the page.
  }
  for (const listener of listeners) listener();
}

function listen(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useCounter(): CounterState {
  return useSyncExternalStore(listen, now);
}

export function write(changes: Partial<Contact>, { isChosen = now().isChosen } = {}): void {
  change({ contact: { ...now().contact, ...changes }, isChosen, fault: undefined });
  readSoon();
}

export const answer = (field: string, typed: string): void => write({ answers: { ...now().contact.answers, [field]: typed } });

/** A topic, a service that gets a message, or neither: then it follows the words again. */
export function choose(about: { topic?: string; service?: string }): void {
  const { topic, service } = about;
  write({ topic, service, answers: {} }, { isChosen: topic !== undefined || service !== undefined });
}

/** The next one; by the same way, since calls follow calls. */
export function begin(): void {
  asked += 1;
  change({ ...blank(now().contact.way), reading: undefined, receipt: undefined, fault: undefined });
}

/** After one contact comes the next; what was not sent yet is gone on with. */
export function comeToCounter(): void {
  if (now().receipt) begin();
  go({ view: 'counter' });
  document.getElementById('contact-words')?.focus();
}

function readSoon(afterMs = READ_AFTER_MS): void {
  clearTimeout(timer);
  asked += 1;
  const own = asked;
  timer = setTimeout(async () => {
    const { contact } = now();
    const isAbout = contact.words.trim() || contact.topic || contact.service || contact.reach;
    if (!isAbout) return change({ reading: undefined });
    try {
      const reading = await api.readContact(contact);
      if (own === asked) change({ reading });
    } catch (error) {
      // What was typed without a line is read when there is one.
      if (own === asked && error instanceof Refused && error.status === 0) readSoon(READ_AGAIN_MS);
    }
  }, afterMs);
}

/** Sends it; with `text` also its reference to the phone that was noted, also after it was opened. */
export async function send(text = false): Promise<void> {
  const { contact, actionId } = now();
  change({ isSending: true, fault: undefined });
  try {
    change({ receipt: await api.noteContact({ ...contact, actionId, ...(text && { text }) }), isIncomplete: false });
  } catch (error) {
    const reading = error instanceof Refused ? (error.more.reading as ContactReading | undefined) : undefined;
    if (reading) change({ reading, isIncomplete: true });
    else change({ fault: explain(error) });
  }
  change({ isSending: false });
}
