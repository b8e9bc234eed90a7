/**
 * News of a request: what became of it, in the citizen's language, and how to stop. It comes unasked, so it
 * says where it comes from and changes nothing of what is being talked about.
 */
import { isPhone, isPosted, type Talk, ticketName } from '../../dialogs';
import { authorityOf } from '../../domain/forwarding/forwarding';
import { reachOf } from '../../domain/forwarding/partner';
import type { Unasked } from '../../domain/message/letter';
import { isNews, readNotice } from '../../domain/ticket/notice';
import { TICKET_STATES, type TicketState } from '../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../domain/ticket/ticket';

/** Characters of a template's variable: the whole must stay below 1,024. */
const LONGEST_VARIABLE = 120;

/** Names that Meta has approved stay as they are. */
const TEMPLATES: Record<TicketState, string> = {
  new: 'ticket_received',
  assigned: 'ticket_comment',
  'in-progress': 'ticket_in_progress',
  waiting: 'ticket_waiting',
  resolved: 'ticket_done',
  closed: 'ticket_comment',
  refused: 'ticket_rejected',
  moved: 'ticket_comment',
  withdrawn: 'ticket_cancelled',
};

export async function notice(talk: Talk): Promise<boolean> {
  const about = readNotice(talk.activity);
  const ticket = about && (await talk.lookups.ticket(about.reference));
  const event = ticket?.history.find(({ id }) => id === about?.event);
  if (!ticket || !event || !isNews(event) || (ticket.conversation !== talk.conversation.id && !about?.isFollower)) return false;
  const isFollower = about?.isFollower ?? false;
  const words = wordsFor(talk, ticket, event, isFollower);
  if (!(await talk.lookups.mayWrite())) return true;
  const stop = talk.t('notice.stop');
  // What was offered before is still there to be chosen from.
  const { offered } = talk.memory;
  talk.say(isPosted(talk) ? `${words}\n${stop}` : words, {
    channelData: {
      ...unasked(talk, ticket, event, isFollower),
      ...otherWay(talk, ticket, words, isFollower),
    },
  });
  talk.memory.offered = offered;
  if (event.kind === 'state') talk.memory.told = { reference: ticket.reference, state: ticket.state, at: event.at };
  return true;
}

function wordsFor(talk: Talk, ticket: Ticket, event: TicketEvent, isFollower: boolean): string {
  const named = { reference: ticket.reference, name: ticketName(talk, ticket) };
  if (event.kind === 'recalled') return talk.t(event.by === 'agent' ? 'notice.registered' : 'notice.recalled', named);
  if (event.kind === 'merged') return talk.t('notice.merged', named);
  if (event.kind === 'partner') return partnerText(talk, event, named);
  if (event.kind === 'unhelped')
    return talk.t(isFollower ? 'notice.unhelped-helper' : 'notice.unhelped', { ...named, helper: event.helper ?? '' });
  const own = event.kind === 'state' ? `notice.${event.state}` : 'notice.comment';
  const state = talk.t(`status.state.${ticket.state}`);
  const isHelper = isFollower && ticket.helper?.conversation === talk.conversation.id;
  const followed = isHelper ? 'notice.helped' : 'notice.followed';
  const news = isFollower ? talk.t(followed, { ...named, state }) : talk.t(own, named);
  const lines = [
    news,
    event.text && talk.t('notice.words', { text: event.text }),
    officeText(talk, event, ticket.files.length > 0),
  ];
  return lines.filter(Boolean).join('\n');
}

/** Whose it is, and how they are reached. */
function officeText(talk: Talk, { office: id = '', forwarded }: TicketEvent, hasFiles: boolean): string | undefined {
  const office = authorityOf(talk.town, talk.topic(id), id);
  if (!office) return undefined;
  const told = talk.t('notice.office', { name: talk.local(office.name), reach: reachOf(office) });
  if (!forwarded) return `${told} ${talk.t('notice.not-forwarded')}`;
  const along = [
    talk.t(forwarded.withPerson ? 'notice.forwarded' : 'notice.forwarded-nameless'),
    forwarded.photos && hasFiles && talk.t('notice.forwarded-photos'),
  ];
  return [told, ...along].filter(Boolean).join(' ');
}

/** What the authority that has it says of it; a server of our own kind says a state of ours. */
function partnerText(
  talk: Talk,
  { office: id = '', text = '' }: TicketEvent,
  named: { reference: string; name: string },
): string {
  const office = authorityOf(talk.town, talk.topic(id), id);
  const isState = (TICKET_STATES as readonly string[]).includes(text);
  const news = talk.t('notice.partner-closed', { ...named, partner: office ? talk.local(office.name) : '' });
  const words = isState ? talk.t(`status.state.${text}`) : text;
  return [news, words && talk.t('notice.partner-words', { text: words })].filter(Boolean).join('\n');
}

function unasked(talk: Talk, ticket: Ticket, event: TicketEvent, isFollower: boolean): Unasked {
  const { channel } = talk.conversation;
  const { reference } = ticket;
  const name = event.kind === 'state' && event.state ? TEMPLATES[event.state] : 'ticket_comment';
  // Meta refuses a variable that holds a line break or many spaces.
  const subject = ticketName(talk, ticket).replace(/\s+/g, ' ').slice(0, LONGEST_VARIABLE);
  return {
    unprompted: true,
    ticket: reference,
    ...(isFollower ? { isFollower } : {}),
    // No template says it: where WhatsApp is silent it goes as a text message.
    ...(channel === 'whatsapp' && event.kind !== 'recalled'
      ? { template: { name, variables: { 1: reference, 2: subject, 3: reference } } }
      : {}),
  };
}

/** Where it goes if it cannot arrive here, or can only be fetched. */
function otherWay(talk: Talk, ticket: Ticket, words: string, isFollower: boolean): Partial<Unasked> {
  const { channel } = talk.conversation;
  // Whoever follows a request is not written to at its citizen's contact.
  const contact = isFollower ? undefined : ticket.contact;
  if (channel === 'mail') return { mail: { subject: subjectOf(talk, ticket) } };
  // A number that wrote by WhatsApp is one; elsewhere only a phone that was given to be written to will do.
  if (talk.town.senders.sms && (channel === 'whatsapp' || (channel !== 'sms' && contact?.kind === 'phone')))
    return { fallback: 'sms', ...(isPhone(talk) ? {} : { fallbackText: `${words}\n${talk.t('notice.stop')}` }) };
  if (contact?.kind !== 'email') return {};
  const { text: fallbackText, mail } = asMail(talk, ticket, words);
  return { fallback: 'email', fallbackText, mail };
}

function subjectOf(talk: Talk, { reference }: Ticket): string {
  return talk.t('notice.subject', { reference, authority: talk.local(talk.town.authority) });
}

function asMail(talk: Talk, ticket: Ticket, words: string) {
  const { reference, service } = ticket;
  const subject = subjectOf(talk, ticket);
  const replyTo = talk.town.services.find(({ id }) => id === service)?.email;
  const { email } = talk.town.senders;
  const how = email ? talk.t('notice.stop') : talk.t('notice.stop-email', { reference });
  const url = talk.lookups.statusLink(reference);
  const link = url ? `\n${talk.t('status.link', { url })}` : '';
  return { text: `${words}${link}\n\n${how}`, mail: { subject, ...(replyTo ? { replyTo } : {}) } };
}
