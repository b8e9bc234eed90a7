/**
 * 'Delete my data', 'a copy of my data': what is theirs is shown to be theirs first. A phone proves itself; elsewhere a code goes
 * to the phone or the e-mail address that stands with a request, or it is about this conversation alone. Who only knows a number
 * learns nothing, not even whether there is something. What stays is said before it is done, and nothing is done unasked.
 */
import type { Right } from '../domain/rights';
import { isOpen } from '../domain/ticket/states';
import { readCode, sendCode } from './codes';
import { type Dialog, isPhone, type Step, type Talk } from './dialog';

interface OwnData {
  right: Right;
  at: 'whose' | 'code' | 'confirm';
  /** The contact that is proved, or that the code goes to. */
  contact?: string;
  /** What was sent; and until when it counts (ISO). */
  code?: string;
  until?: string;
}

const MOST_WRONG = 4;
const CODE_LIFE_MS = 15 * 60_000;
const MOST_NAMED = 3;

export const ownData: Dialog = {
  name: 'own-data',

  async begin(talk, input) {
    const { right } = input as { right: Right };
    if (!isPhone(talk)) return askWhose(talk, { right, at: 'whose' });
    const number = /\+\d+$/.exec(talk.conversation.address)?.[0];
    return askToConfirm(talk, { right, at: 'confirm', ...(number ? { contact: number } : {}) });
  },

  async hear(talk, input) {
    const data = input as OwnData;
    switch (data.at) {
      case 'whose':
        return hearWhose(talk, data);
      case 'code':
        return hearCode(talk, data);
      case 'confirm':
        return hearConfirmed(talk, data);
    }
  },

  askAgain(talk, input) {
    const data = input as OwnData;
    if (data.at === 'code') talk.say(talk.t('own-data.code-sent'));
    else if (data.at === 'whose') askWhose(talk, data);
    else talk.say(talk.t(`own-data.${data.right}.again`), { choices: yesNo(talk) });
  },
};

const yesNo = (talk: Talk) => [{ title: talk.t('yes') }, { title: talk.t('no') }];

function askWhose(talk: Talk, data: OwnData): Step {
  talk.say(talk.t('own-data.whose'), { choices: [{ title: talk.t('own-data.here-only') }] });
  return { next: 'wait', data };
}

async function hearWhose(talk: Talk, { right }: OwnData): Promise<Step> {
  if (talk.means('here-only')) return askToConfirm(talk, { right, at: 'confirm' });
  const { phones, emails, yesNo } = await talk.entities();
  const [contact, ...more] = [...phones, ...emails.map((email) => email.toLowerCase())];
  if (!contact || more.length > 0) {
    if (yesNo === 'no' || talk.means('refuse')) return leave(talk);
    if (talk.heard.zone === 'act' && talk.heard.intents[0]?.topic !== 'privacy_request') return { next: 'not-mine' };
    return askWhose(talk, { right, at: 'whose' });
  }
  if ((await talk.lookups.wrongProofs(contact)) >= MOST_WRONG) return locked(talk);
  talk.act({ kind: 'countAttempt', reference: contact });
  const code = talk.lookups.digits();
  // To a phone or an address that the town knows, and to no other: nobody is written to whom somebody names.
  if ((await talk.lookups.ticketsOf(contact)).length > 0)
    sendCode(
      talk,
      { kind: contact.startsWith('+') ? 'phone' : 'email', value: contact },
      {
        text: talk.t('own-data.code', { code }),
        subject: talk.t('own-data.code-subject', { authority: talk.local(talk.town.authority) }),
      },
    );
  talk.say(talk.t('own-data.code-sent'));
  const until = new Date(talk.lookups.now.getTime() + CODE_LIFE_MS).toISOString();
  return { next: 'wait', data: { right, at: 'code', contact, code, until } satisfies OwnData };
}

async function hearCode(talk: Talk, data: OwnData): Promise<Step> {
  const { right, contact = '', code, until = '' } = data;
  const typed = readCode(talk.text);
  if (!typed) {
    if (talk.means('here-only')) return askToConfirm(talk, { right, at: 'confirm' });
    if (talk.heard.zone === 'act') return { next: 'not-mine' };
    talk.say(talk.t('own-data.code-sent'));
    return { next: 'wait', data };
  }
  if ((await talk.lookups.wrongProofs(contact)) >= MOST_WRONG) return locked(talk);
  const isRight = typed === code && talk.lookups.now.toISOString() < until;
  if (isRight && (await talk.lookups.ticketsOf(contact)).length > 0) return askToConfirm(talk, { right, at: 'confirm', contact });
  talk.act({ kind: 'countAttempt', reference: contact });
  talk.say(talk.t('own-data.code-wrong'));
  return { next: 'wait', data };
}

async function askToConfirm(talk: Talk, data: OwnData): Promise<Step> {
  talk.say(data.right === 'export' ? talk.t('own-data.export.ask') : await whatStays(talk, data), { choices: yesNo(talk) });
  return { next: 'wait', data };
}

/** What goes, and what the law or its own end keeps. */
async function whatStays(talk: Talk, { contact }: OwnData): Promise<string> {
  const lists = await Promise.all([talk.lookups.ticketsHere(), contact ? talk.lookups.ticketsOf(contact) : []]);
  const open = [
    ...new Set(
      lists
        .flat()
        .filter(isOpen)
        .map(({ reference }) => reference),
    ),
  ];
  const named = open.slice(0, MOST_NAMED).join(', ') + (open.length > MOST_NAMED ? '…' : '');
  return [
    talk.t(contact ? 'own-data.erase.goes' : 'own-data.erase.goes-here'),
    ...(open.length > 0 ? [talk.t('own-data.erase.open', { references: named })] : []),
    talk.t('own-data.erase.stays'),
    talk.t('own-data.erase.ask'),
  ].join('\n');
}

async function hearConfirmed(talk: Talk, data: OwnData): Promise<Step> {
  const { yesNo: said } = await talk.entities();
  if (!said) return { next: 'not-mine' };
  if (said === 'no') return leave(talk);
  const { right, contact } = data;
  const whose = contact ? { contact } : {};
  if (right === 'erase') {
    talk.act({ kind: 'exerciseRight', right, ...whose });
    talk.memory.waiting = [];
    talk.say(talk.t('own-data.erase.done'));
    return { next: 'done', isQuiet: true };
  }
  const link = talk.lookups.ownDataLink();
  if (!link) {
    talk.say(talk.t('privacy', { contact: talk.town.privacy.contact, url: talk.town.privacy.url }));
    return { next: 'done' };
  }
  talk.act({ kind: 'exerciseRight', right, key: link.key, ...whose });
  talk.say(talk.t('own-data.export.done', { url: link.url }));
  return { next: 'done' };
}

function leave(talk: Talk): Step {
  talk.say(talk.t('own-data.left'));
  return { next: 'done' };
}

function locked(talk: Talk): Step {
  talk.say(talk.t('own-data.locked', { contact: talk.town.privacy.contact }), { choices: [{ title: talk.t('person.ask') }] });
  return { next: 'done' };
}
