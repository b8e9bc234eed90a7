/**
 * 'I do not want Léa to look after my request any more': an agreement is taken back by the citizen who gave it, or given up by
 * whoever helps. Whoever writes from where the request stands, or from the phone or the address noted with it, is asked once;
 * from anywhere else a code goes to that phone or address, and who asks learns nothing, not even whether somebody helps.
 */
import { phraseKey } from '../../domain/language/words';
import { type Helper, isNamedIn } from '../../domain/ticket/helper';
import { findReferences, type Ticket } from '../../domain/ticket/ticket';
import { readChoice } from '../choices';
import { citizenOf, readCode, sendCode } from '../codes';
import type { Dialog, Step, Talk } from '../dialog';
import { theirsApart, ticketName } from './theirs';

interface EndData {
  at: 'which' | 'confirm' | 'reference' | 'code';
  references?: string[];
  reference?: string;
  code?: string;
  /** ISO. */
  until?: string;
}

/** A request whose citizen has a helper, seen from one of the two. */
export type Helped = Ticket & { helper: Helper };

const MOST_WRONG = 3;
const CODE_LIFE_MS = 60 * 60_000;
const MOST_LISTED = 5;

/** Requests of whoever writes for which somebody acts, and those for which they act themselves. */
export async function helpedHere(talk: Talk): Promise<Helped[]> {
  const { own, followed } = await theirsApart(talk);
  const acted = followed.filter(({ helper }) => helper?.conversation === talk.conversation.id);
  return [...own, ...acted].filter(isHelped);
}

const isHelped = (ticket: Ticket): ticket is Helped => Boolean(ticket.helper);

export const helperEnd: Dialog = {
  name: 'helper-end',

  async begin(talk) {
    const [reference] = findReferences(talk.text);
    const helped = await helpedHere(talk);
    const key = phraseKey(talk.text);
    const named = helped.filter((one) => (reference ? one.reference === reference : isNamedIn(key, one.helper.name)));
    const meant = named.length > 0 || reference ? named : helped;
    const [only] = meant;
    if (!only) return reference ? sendEndCode(talk, reference) : ask(talk, { at: 'reference' });
    if (meant.length === 1) return askToConfirm(talk, only);
    const listed = meant.slice(0, MOST_LISTED);
    talk.say(talk.t('helper-end.which'), {
      choices: listed.map((ticket) => ({ title: ticketName(talk, ticket), value: ticket.reference })),
    });
    return { next: 'wait', data: { at: 'which', references: listed.map((one) => one.reference) } satisfies EndData };
  },

  async hear(talk, input) {
    const data = input as EndData;
    switch (data.at) {
      case 'which':
        return hearWhich(talk, data);
      case 'confirm':
        return hearConfirmed(talk, data);
      case 'reference': {
        const [reference] = findReferences(talk.text);
        return reference ? sendEndCode(talk, reference) : { next: 'not-mine' };
      }
      case 'code':
        return hearCode(talk, data);
    }
  },

  askAgain(talk, input) {
    const { at } = input as EndData;
    talk.say(talk.t(ASKED[at]), at === 'confirm' ? { choices: yesNo(talk) } : {});
  },
};

const ASKED: Record<EndData['at'], string> = {
  which: 'helper-end.which',
  confirm: 'helper-end.again',
  reference: 'helper-end.which-reference',
  code: 'helper-end.code-sent',
};

const yesNo = (talk: Talk) => [{ title: talk.t('yes') }, { title: talk.t('no') }];

function ask(talk: Talk, data: EndData): Step {
  talk.say(talk.t(ASKED[data.at]));
  return { next: 'wait', data };
}

function askToConfirm(talk: Talk, ticket: Helped): Step {
  const { reference, helper } = ticket;
  const isOwn = helper.conversation === talk.conversation.id;
  const fields = { helper: helper.name, reference, name: ticketName(talk, ticket) };
  talk.say(talk.t(isOwn ? 'helper-end.ask-helper' : 'helper-end.ask', fields), { choices: yesNo(talk) });
  return { next: 'wait', data: { at: 'confirm', reference } satisfies EndData };
}

async function hearWhich(talk: Talk, { references = [] }: EndData): Promise<Step> {
  const [typed] = findReferences(talk.text);
  const offered = references.map((each) => ({ id: each, words: [each] }));
  const chosen = typed ?? readChoice(talk.text, offered, talk.choosing);
  const ticket = (await helpedHere(talk)).find(({ reference }) => reference === chosen);
  return ticket ? askToConfirm(talk, ticket) : { next: 'not-mine' };
}

async function hearConfirmed(talk: Talk, { reference = '' }: EndData): Promise<Step> {
  const { yesNo: said } = await talk.entities();
  if (!said) return { next: 'not-mine' };
  const ticket = said === 'yes' && (await helpedHere(talk)).find((one) => one.reference === reference);
  if (ticket) return end(talk, ticket, ticket.helper.conversation === talk.conversation.id);
  talk.say(talk.t('helper-end.kept'));
  return { next: 'done' };
}

function end(talk: Talk, { reference, helper }: Helped, byHelper: boolean): Step {
  talk.act({ kind: 'endHelp', reference, byHelper });
  talk.say(talk.t(byHelper ? 'helper-end.done-helper' : 'helper-end.done', { reference, helper: helper.name }));
  return { next: 'done' };
}

/** To the phone or address noted with it, where somebody helps; whoever asks is told the same in any case. */
async function sendEndCode(talk: Talk, reference: string): Promise<Step> {
  const { lookups } = talk;
  if ((await lookups.wrongProofs(reference)) >= MOST_WRONG) return locked(talk);
  talk.act({ kind: 'countAttempt', reference });
  const ticket = await lookups.ticket(reference);
  const contact = ticket?.helper && citizenOf(ticket);
  const code = lookups.digits();
  if (contact)
    sendCode(talk, contact, {
      text: talk.t('helper-end.code', { code, reference }),
      subject: talk.t('helper.code-subject', { authority: talk.local(talk.town.authority) }),
    });
  const until = new Date(lookups.now.getTime() + CODE_LIFE_MS).toISOString();
  return ask(talk, { at: 'code', reference, code, until });
}

async function hearCode(talk: Talk, data: EndData): Promise<Step> {
  const { reference = '', code, until = '' } = data;
  const typed = readCode(talk.text);
  if (!typed) return talk.heard.zone === 'act' ? { next: 'not-mine' } : ask(talk, data);
  if ((await talk.lookups.wrongProofs(reference)) > MOST_WRONG) return locked(talk);
  const ticket = await talk.lookups.ticket(reference);
  if (ticket && isHelped(ticket) && typed === code && talk.lookups.now.toISOString() < until) return end(talk, ticket, false);
  talk.act({ kind: 'countAttempt', reference });
  talk.say(talk.t('helper-end.code-wrong'));
  return { next: 'wait', data };
}

function locked(talk: Talk): Step {
  talk.say(talk.t('status.locked'), { choices: [{ title: talk.t('person.ask') }] });
  return { next: 'done' };
}
