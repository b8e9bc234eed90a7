/**
 * 'Cancel the graffiti one', 'no need to come any more': a request that was sent is taken back. It is asked which one where
 * several can be meant, and nothing is withdrawn before the answer; 'no, keep it' keeps it.
 */
import { fits, isOver, type Talk, ticketName } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import { isOpen } from '../../domain/ticket/states';
import { findReferences, type Ticket } from '../../domain/ticket/ticket';
import { begin, dialogOnTop } from '../hold';
import { openTickets } from './open-tickets';

/** So likely beside the wish, a topic is named by it. */
const NAMED = 0.05;
/** Longer words say more than that something is to be kept. */
const SHORT = 6;
/** Longer words are a story in which something was cancelled. */
const LONGEST = 16;
const FRESH = 30 * 60_000;
/** What is about cancelling: heard as that whatever was being asked lightly. */
const WITHDRAWING: ReadonlySet<string> = new Set(['cancel', 'ticket_status', 'thanks', 'bye', 'greet', 'complaint']);
const LIGHT: ReadonlySet<string> = new Set(['join', 'addition', 'status', 'choose', 'survey']);
/** What a question whether to withdraw is answered with, beside yes and no. */
const ANSWERS = ['take-back', 'cancel', 'keep', 'uncancel'];

export async function withdrawal(talk: Talk): Promise<boolean> {
  const { memory, text, heard } = talk;
  const held = memory.dialogs.at(-1);
  if (held?.dialog === 'withdraw') return ANSWERS.some((list) => talk.means(list)) && dialogOnTop(talk);
  // With its reference it is a command, which may stand beside another request.
  if (text === '' || heard.beside || findReferences(text).length > 0 || countWords(text) > LONGEST) return false;
  if (!held && talk.means('keep') && countWords(text) <= SHORT) return keep(talk);
  const isSolved = !held && isOver(talk);
  if ((!isSolved && !talk.means('take-back')) || talk.means('keep') || heard.refused || talk.means('my-data')) return false;
  if (!isSolved && isElse(talk)) return false;
  const open = isSolved ? await solved(talk) : await openTickets(talk);
  if (open.length === 0) return false;
  if (held?.dialog === 'form' || held?.dialog === 'person') {
    const others = open.filter(({ topic }) => topic !== held.data.topic && topicsNamed(talk).includes(topic));
    return others.length > 0 && askToWithdraw(talk, others);
  }
  if (held && !LIGHT.has(held.dialog)) return false;
  memory.dialogs = memory.dialogs.filter(({ dialog }) => !LIGHT.has(dialog));
  return askToWithdraw(talk, open);
}

/** 'We found it', 'it works again': of what was just sent, or is named; the question is asked of nothing else. */
async function solved(talk: Talk): Promise<Ticket[]> {
  const open = await openTickets(talk);
  const since = talk.lookups.now.getTime() - FRESH;
  const named = topicsNamed(talk);
  return open.filter(({ openedAt, topic }) => Date.parse(openedAt) >= since || named.includes(topic));
}

/** 'It works again, no need to come': what stands beside the wish is about what was sent, and no new report. */
export async function isOfTheirs(talk: Talk, words: string): Promise<boolean> {
  const rest = await talk.about(words);
  const alike = (await openTickets(talk)).filter(({ topic }) => topic === rest.heard.intents[0]?.topic);
  return (await Promise.all(alike.map((ticket) => fits(rest, ticket)))).some(Boolean);
}

/** Asks whether the request that is meant is to be withdrawn; which one, where it can be several. */
export async function askToWithdraw(talk: Talk, open: Ticket[]): Promise<true> {
  const [first, ...others] = (await meant(talk, open)).map((ticket) => ({
    reference: ticket.reference,
    topic: ticket.topic,
    name: ticketName(talk, ticket),
  }));
  if (first) await begin(talk, 'withdraw', { ...first, others });
  else talk.say(talk.t('cancel.cannot'), { choices: [{ title: talk.t('person.ask') }] });
  return true;
}

/** Those whose topic or place is named; all, where none is. None, where what is named is no open request of theirs. */
async function meant(talk: Talk, open: Ticket[]): Promise<Ticket[]> {
  const named = topicsNamed(talk);
  const alike = open.filter(({ topic }) => named.includes(topic));
  // What stands beside the wish names another request.
  if (findReferences(talk.text).length > 0 || (talk.heard.beside && alike.length === 0)) return open;
  const [top] = talk.heard.intents;
  if (alike.length === 0 && talk.heard.zone === 'act' && talk.topic(top?.topic ?? '')?.kind === 'report') return [];
  const among = alike.length > 0 ? alike : open;
  if (!(await talk.entities()).place) return among;
  const fitting = await Promise.all(among.map((ticket) => fits(talk, ticket)));
  return among.filter((_, n) => fitting[n]);
}

function topicsNamed({ heard }: Talk): string[] {
  return heard.intents
    .slice(0, 2)
    .filter(({ confidence }) => confidence > NAMED)
    .map(({ topic }) => topic);
}

/** 'How do I cancel my parking permit?' is asked of the town, and no request. */
function isElse({ heard, topic }: Talk): boolean {
  const [top] = heard.intents;
  if (heard.zone !== 'act' || !top || WITHDRAWING.has(top.topic)) return false;
  return topic(top.topic)?.kind !== 'report';
}

/** 'No, keep it', when nothing is asked any more: it stands, or is withdrawn already. */
async function keep(talk: Talk): Promise<boolean> {
  const here = await talk.lookups.ticketsHere();
  const since = talk.lookups.now.getTime() - FRESH;
  const gone = here.find(({ state, updatedAt }) => state === 'withdrawn' && Date.parse(updatedAt) >= since);
  if (gone) {
    talk.say(talk.t('cancel.gone', { reference: gone.reference }), { choices: [{ title: talk.t('person.ask') }] });
    return true;
  }
  if (!here.some(isOpen)) return false;
  talk.say(talk.t('cancel.kept'));
  return true;
}
