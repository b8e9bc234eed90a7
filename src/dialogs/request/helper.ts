/**
 * Acting for somebody else: 'it is for my mother'. Who helps says their name and for which request; the person concerned gets
 * two codes where the town knows them, and by passing one on agrees, and says whether the helper hears the news too. Whoever
 * names a request learns nothing by it, not even whether it exists.
 */
import { readName } from '../../domain/ticket/helper';
import { isOpen } from '../../domain/ticket/states';
import { findReferences } from '../../domain/ticket/ticket';
import { type Contact, citizenOf, readCode, sendCode } from '../codes';
import { type Dialog, isPosted, type Step, type Talk } from '../dialog';

interface HelperData {
  at: 'reference' | 'name' | 'contact' | 'code';
  reference?: string;
  name?: string;
  /** Where the codes went; absent where there is nobody to send them to. */
  contact?: Contact;
  /** The one by which the helper hears the news too, and the one by which not; until when they count (ISO). */
  codes?: [told: string, untold: string];
  until?: string;
}

const MOST_WRONG = 3;
const CODE_LIFE_MS = 60 * 60_000;

export const helper: Dialog = {
  name: 'helper',

  async begin(talk, input) {
    const { reference } = input as { reference?: string };
    const [sent] = (await talk.lookups.ticketsHere()).filter(isOpen);
    const found = findReferences(talk.text)[0] ?? reference ?? sent?.reference;
    return ask(talk, found ? { at: 'name', reference: found } : { at: 'reference' });
  },

  async hear(talk, input) {
    const data = input as HelperData;
    switch (data.at) {
      case 'reference': {
        const [reference] = findReferences(talk.text);
        return reference ? ask(talk, { at: 'name', reference }) : { next: 'not-mine' };
      }
      case 'name':
        return hearName(talk, data);
      case 'contact':
        return hearContact(talk, data);
      case 'code':
        return hearCode(talk, data);
    }
  },

  askAgain(talk, input) {
    ask(talk, input as HelperData);
  },
};

const ASKED = {
  reference: 'helper.which',
  name: 'helper.name',
  contact: 'helper.contact',
  code: 'helper.code-sent',
} as const satisfies Record<HelperData['at'], string>;

function ask(talk: Talk, data: HelperData): Step {
  talk.say(talk.t(ASKED[data.at]));
  return { next: 'wait', data };
}

async function hearName(talk: Talk, data: HelperData): Promise<Step> {
  const name = readName(talk.text);
  if (!name) return talk.heard.zone === 'act' ? { next: 'not-mine' } : ask(talk, data);
  const ticket = await talk.lookups.ticket(data.reference ?? '');
  // What was made from here is the helper's own to hand on: only they know whom it is for.
  if (ticket?.conversation === talk.conversation.id) return ask(talk, { ...data, at: 'contact', name });
  return sendCodes(talk, { ...data, name }, ticket ? citizenOf(ticket) : undefined);
}

async function hearContact(talk: Talk, data: HelperData): Promise<Step> {
  const { phones, emails } = await talk.entities();
  const [value, ...more] = [...phones, ...emails.map((email) => email.toLowerCase())];
  if (!value && talk.heard.zone === 'act') return { next: 'not-mine' };
  const own = isPosted(talk) ? talk.conversation.address.replace(/^whatsapp:/, '') : undefined;
  if (!value || more.length > 0 || value === own) return ask(talk, data);
  return sendCodes(talk, data, { kind: value.includes('@') ? 'email' : 'phone', value });
}

async function sendCodes(talk: Talk, data: HelperData, contact: Contact | undefined): Promise<Step> {
  const { reference = '', name = '' } = data;
  const { lookups } = talk;
  const tries = await Promise.all([reference, ...(contact ? [contact.value] : [])].map((one) => lookups.wrongProofs(one)));
  if (tries.some((count) => count >= MOST_WRONG)) return locked(talk);
  talk.act({ kind: 'countAttempt', reference: contact?.value ?? reference });
  const codes: [string, string] = [lookups.digits(0), lookups.digits(1)];
  if (contact) {
    const text = talk.t('helper.code', { name, reference, told: codes[0], untold: codes[1] });
    const subject = talk.t('helper.code-subject', { authority: talk.local(talk.town.authority) });
    sendCode(talk, contact, { text, subject });
  }
  const until = new Date(lookups.now.getTime() + CODE_LIFE_MS).toISOString();
  return ask(talk, { ...data, at: 'code', contact, codes, until });
}

async function hearCode(talk: Talk, data: HelperData): Promise<Step> {
  const { reference = '', name = '', contact, codes = ['', ''], until = '' } = data;
  const typed = readCode(talk.text);
  if (!typed) return talk.heard.zone === 'act' ? { next: 'not-mine' } : ask(talk, data);
  if ((await talk.lookups.wrongProofs(reference)) > MOST_WRONG) return locked(talk);
  const which = codes.indexOf(typed);
  if (!contact || which < 0 || talk.lookups.now.toISOString() >= until) {
    talk.act({ kind: 'countAttempt', reference });
    talk.say(talk.t('helper.code-wrong'));
    return { next: 'wait', data };
  }
  const isTold = which === 0;
  talk.act({ kind: 'actFor', reference, name, contact, isTold });
  talk.say(talk.t(isTold ? 'helper.done' : 'helper.done-untold', { reference }));
  return { next: 'done' };
}

function locked(talk: Talk): Step {
  talk.say(talk.t('status.locked'), { choices: [{ title: talk.t('person.ask') }] });
  return { next: 'done' };
}
