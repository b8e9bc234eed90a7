/**
 * Where does my request stand? From the same address without a reference; otherwise with the
 * reference and proof of the contact on it. Whether a reference is somebody else's or nobody's is
 * answered in the same words, after the same look-ups, and tries are limited. A lost reference is found by the phone that
 * writes; elsewhere it is sent to the phone noted with the request, and who asks is told the same whether there is one.
 */
import { authorityOf } from '../domain/forwarding/forwarding';
import { countWords } from '../domain/language/words';
import { isLate } from '../domain/ticket/due';
import { isOpen } from '../domain/ticket/states';
import { findReferences, seemsReference, type Ticket } from '../domain/ticket/ticket';
import { readChoice } from './choices';
import { type Dialog, isPhone, type Step, type Talk } from './dialog';
import { saysPlace } from './form/fields';
import { askReference, LONGEST_WORDS, MOST_OF_END, spokenOf } from './request/again';
import { theirs, ticketName } from './request/theirs';

interface StatusData {
  at: 'which' | 'reference' | 'proof' | 'lost';
  references?: string[];
  reference?: string;
  /** Times something was asked for that they do not have. */
  refusals?: number;
  /** What they spoke of when it was asked first, for a new report. */
  topic?: string;
  words?: string;
}

/** After so many refusals nothing more is asked for. */
const MOST_REFUSALS = 2;
/** Words of whoever says when it was, and of whoever has no reference. */
const MOST_TOLD = 8;
const MOST_WRONG = 3;
const MOST_LISTED = 5;
/** Of the requests of one phone, so many references are sent again: the newest open ones. */
const MOST_RECALLED = 2;

export const status: Dialog = {
  name: 'status',

  async begin(talk, input) {
    const { isAgain, isThrice } = input as { isAgain?: boolean; isThrice?: boolean };
    const [reference] = findReferences(talk.text);
    if (reference) return show(talk, reference);
    // Meant as a reference, and none of ours: its shape is shown, and no other request is guessed at.
    if (seemsReference(talk.text)) return notAReference(talk, { at: 'reference', ...(await spokenOf(talk)) });
    const here = await theirs(talk);
    const [only] = here;
    if (!only) {
      // Asked a second time and still without a reference: they have none at hand.
      if (isThrice) {
        talk.say(talk.t('status.lost-person'), { choices: [{ title: talk.t('person.ask') }] });
        return { next: 'done' };
      }
      if (isAgain || talk.means('lost-reference')) return lost(talk, await spokenOf(talk));
      const spoken = await spokenOf(talk);
      askReference(talk, spoken.topic);
      return { next: 'wait', data: { at: 'reference', ...spoken } satisfies StatusData };
    }
    const open = here.filter(isOpen);
    if (here.length === 1 || open.length === 1) {
      await tell(talk, open[0] ?? only);
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
        talk.choosing,
      );
      return chosen ? show(talk, chosen) : { next: 'not-mine' };
    }
    if (data.at === 'reference' && (await talk.entities()).phones.length === 1 && canText(talk)) return hearPhone(talk, data);
    const about = talk.means('concerning') && !(await talk.entities()).place ? await spokenOf(talk) : {};
    if (about.topic && data.at !== 'proof') return lost(talk, { ...data, ...about });
    if (isLost(talk, data)) return lost(talk, data);
    if (data.at === 'lost') return hearPhone(talk, data);
    if (data.at === 'proof' && data.reference) return hearProof(talk, data.reference);
    if (talk.heard.zone === 'act' && talk.heard.intents[0]?.topic === 'ticket_status') return lost(talk, data);
    // 'Last week': when it was sent, whatever else a day may sound like.
    const isDay = countWords(talk.text) <= MOST_OF_END && (await talk.entities(talk.text, 'back')).dates.length > 0;
    if (isDay && data.at === 'reference') return lost(talk, data);
    if (talk.heard.zone === 'act' && talk.topic(talk.heard.intents[0]?.topic ?? '')) return { next: 'not-mine' };
    const told = toldAlso(talk, data);
    if ((told.refusals ?? 0) >= MOST_REFUSALS) return stuck(talk, told);
    // Where it is, instead of a reference: it is wanted anew.
    const { place } = await talk.entities();
    if (data.topic && data.at === 'reference' && place) return { next: 'become', topic: data.topic, text: told.words ?? '' };
    // 'Last week', 'I was not given any': when it was, or that there is none, and no reference.
    const isTold = data.at === 'reference' && !talk.means('question') && !/[\d?]/.test(talk.text);
    if (isTold && countWords(talk.text) <= MOST_TOLD) return lost(talk, data);
    // Something that was meant as a reference but cannot be one: said plainly, nothing looked up.
    if (/\d/.test(talk.text)) return notAReference(talk, told);
    return { next: 'not-mine' };
  },

  askAgain(talk, input) {
    const { at } = input as StatusData;
    talk.say(talk.t(ASKED[at]));
  },
};

/** For 'no, the other one'. */
function passOver(talk: Talk, here: Ticket[], told: string): void {
  const references = here.map(({ reference }) => reference).filter((reference) => reference !== told);
  talk.memory.passed = { topics: [], references: references.slice(0, MOST_LISTED), text: '' };
}

const ASKED: Record<StatusData['at'], string> = {
  which: 'status.which-reference',
  reference: 'status.which-reference',
  proof: 'status.proof',
  lost: 'status.lost',
};

function notAReference(talk: Talk, data: StatusData): Step {
  talk.say(talk.t('status.not-a-reference'));
  return { next: 'wait', data };
}

/** 'I never got a number', 'I did not write it down': a denial, where the reference was asked for. */
function isLost(talk: Talk, { at }: StatusData): boolean {
  if (talk.means('lost-reference') || (at !== 'proof' && talk.means('no-contact'))) return true;
  return at === 'reference' && (talk.means('dont-know') || (talk.means('denied') && talk.heard.zone !== 'act'));
}

/** Whether a reference can be sent to a phone noted with a request. */
function canText(talk: Talk): boolean {
  return !isPhone(talk) && talk.town.senders.sms !== undefined;
}

/** Once more something else than was asked for, such as where it is: kept with the rest. */
function toldAlso(talk: Talk, data: StatusData): StatusData {
  const words = [data.words, talk.text].filter(Boolean).join(', ').slice(0, LONGEST_WORDS);
  return { ...data, words, refusals: (data.refusals ?? 0) + 1 };
}

/** Without a reference it is not found here: a person can look for it, or it is reported again. */
function stuck(talk: Talk, data: StatusData): Step {
  talk.say(talk.t('status.stuck'), { choices: [{ title: talk.t('person.ask') }, { title: talk.t('welcome.report') }] });
  return { next: 'wait', data: { ...data, at: 'reference' } satisfies StatusData };
}

/** The reference is gone. A phone needs none: whatever it asked for was looked through. */
function lost(talk: Talk, data: Partial<StatusData>): Step {
  const choices = [{ title: talk.t('person.ask') }];
  // Said already what is left to do.
  if ((data.refusals ?? 0) >= MOST_REFUSALS) {
    talk.say(talk.t('status.lost-person'), { choices });
    return { next: 'done' };
  }
  if (data.topic) choices.push({ title: talk.t('status.new-report') });
  if (!canText(talk)) {
    talk.say(talk.t(isPhone(talk) ? 'status.lost-none' : 'status.lost-person'), { choices });
    return { next: 'done' };
  }
  talk.say(talk.t('status.lost'), data.topic ? { choices } : {});
  return { next: 'wait', data: { ...data, at: 'lost', refusals: (data.refusals ?? 0) + 1 } satisfies StatusData };
}

/** Sent to the phone that is noted with the request, so who only knows the number learns nothing, not even whether there is one. */
async function hearPhone(talk: Talk, data: StatusData): Promise<Step> {
  const { phones, emails, yesNo } = await talk.entities();
  const [phone] = phones;
  if (!phone || phones.length > 1) {
    const [top] = talk.heard.intents;
    const isStatus = talk.heard.zone !== 'none' && top?.topic === 'ticket_status';
    // 'No, I don't have it' is an answer, whatever else it sounds like.
    const isAnswer = isStatus || emails.length > 0 || yesNo === 'no' || talk.means('has-none');
    if (talk.heard.zone === 'act' && !isAnswer && !(await saysPlace(talk))) return { next: 'not-mine' };
    // Asked for it over and over, or by the e-mail: neither finds a request here.
    const isForPerson = isStatus || emails.length > 0;
    const told = toldAlso(talk, data);
    if (!isForPerson && (told.refusals ?? 0) >= MOST_REFUSALS) return stuck(talk, told);
    talk.say(talk.t(isForPerson ? 'status.lost-person' : 'status.lost'), { choices: [{ title: talk.t('person.ask') }] });
    return isForPerson ? { next: 'done' } : { next: 'wait', data: { ...told, at: 'lost' } satisfies StatusData };
  }
  if ((await talk.lookups.wrongProofs(phone)) >= MOST_WRONG) return locked(talk);
  talk.act({ kind: 'countAttempt', reference: phone });
  for (const { reference } of (await talk.lookups.ticketsOf(phone)).filter(isOpen).slice(0, MOST_RECALLED))
    talk.act({ kind: 'recallReference', reference });
  talk.say(talk.t('status.lost-sent'));
  return { next: 'done' };
}

async function show(talk: Talk, reference: string): Promise<Step> {
  const [ticket, wrong] = await Promise.all([talk.lookups.ticket(reference), talk.lookups.wrongProofs(reference)]);
  if (ticket && (await isTheirs(talk, ticket))) {
    await tell(talk, ticket);
    passOver(talk, await theirs(talk), reference);
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
    await tell(talk, ticket);
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

/** One of those, and not so long ago that the number may be somebody else's by now. */
async function isTheirs(talk: Talk, ticket: Ticket): Promise<boolean> {
  return (await theirs(talk)).some(({ reference }) => reference === ticket.reference);
}

/** By when, as the service has promised; while the citizen is waited for nothing is promised. */
function delayText(talk: Talk, ticket: Ticket): string {
  const { due, delayDays } = ticket;
  if (due && !due.pausedAt) {
    return talk.t(isLate(ticket, talk.lookups.now) ? 'status.late' : 'status.due', { date: talk.day(due.at) });
  }
  return delayDays ? talk.t('form.delay', { count: delayDays }) : talk.t('status.no-delay');
}

/** Who has it now, and under which number; what could not be handed over is the service's to look at. */
function forwardText(talk: Talk, { to, state, reference }: NonNullable<Ticket['forward']>): string {
  const office = authorityOf(talk.town, talk.topic(to), to);
  if (!office || state !== 'sent') return '';
  const name = talk.local(office.name);
  return reference ? talk.t('status.forwarded-as', { name, reference }) : talk.t('status.forwarded', { name });
}

/** State, dates and delay: nothing that an agent wrote for agents, nothing about who asked. */
async function tell(talk: Talk, asked: Ticket): Promise<void> {
  // Put together with another: what becomes of that one is what becomes of it.
  const ticket = (asked.mergedInto && (await talk.lookups.ticket(asked.mergedInto))) || asked;
  const lines = [
    talk.t('status.is', {
      reference: asked.reference,
      name: ticketName(talk, asked),
      state: talk.t(`status.state.${ticket.state}`),
      opened: talk.day(asked.openedAt),
    }),
  ];
  const comment = ticket.history.filter((event) => event.isPublic && event.by === 'agent' && event.text).at(-1);
  if (comment) lines.push(talk.t('status.comment', { date: talk.day(comment.at), text: comment.text ?? '' }));
  if (ticket.forward) lines.push(forwardText(talk, ticket.forward));
  if (isOpen(ticket)) lines.push(delayText(talk, ticket));
  const url = talk.lookups.statusLink(asked.reference);
  if (url) lines.push(talk.t('status.link', { url }));
  talk.say(lines.filter(Boolean).join('\n'));
}
