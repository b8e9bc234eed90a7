/**
 * Brings into the search what changed since it was last looked: requests, and conversations that were at the desk. Each
 * process looks for itself; what another has taken in already stands there in the same version. Some time is looked through
 * again, since a row may be written a little after the moment that stands in it, after a crash even hours.
 */
import type { Conversation } from '../../domain/conversation';
import type { Localised } from '../../domain/language/localised';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Town, Towns } from '../../domain/town';
import { createRecent } from '../../recent';
import type { Conversations } from '../../store/rows/conversations';
import type { Search } from '../../store/rows/desk/search';
import type { Tickets } from '../../store/rows/tickets';
import type { Transcript } from '../../store/rows/transcript';

const SECOND = 1000;
const AGAIN_MS = 30 * SECOND;
const AGAIN_AT_START_MS = 24 * 3600 * SECOND;
const PAGE = 200;
const LINES = 500;
const LONGEST_EXCERPT = 160;

export interface IntakeParts {
  search: Search;
  tickets: Tickets;
  conversations: Conversations;
  transcript: Transcript;
  towns: Towns;
}

type Kind = 'tickets' | 'conversations';

export function createIntake({ search, tickets, conversations, transcript, towns }: IntakeParts) {
  const reached: Partial<Record<Kind, string>> = {};
  /** What was taken in lately, by id, so that it is not read again and again. */
  const known = createRecent<number>(20 * PAGE);

  const takeTicket = (ticket: Ticket, town: Town): Promise<void> =>
    putTicket(search, ticket, town, towns.topic(town.id, ticket.topic)?.title ?? {});

  async function takeConversation({ id, town, queue, lines, version, updatedAt }: Conversation): Promise<void> {
    if (!queue) return;
    const said = (await transcript.before(id, lines + 1, LINES)).flatMap(({ from, activity }) =>
      from === 'bot' || from === 'system' || from === 'whisper' ? [] : (activity.text ?? []),
    );
    await search.put(
      {
        id: `conversation:${id}`,
        kind: 'conversation',
        town,
        service: queue.service,
        at: Date.parse(updatedAt),
        title: queue.subject,
        excerpt: (said.at(-1) ?? '').slice(0, LONGEST_EXCERPT),
        version,
      },
      [queue.subject, ...said].join(' '),
    );
  }

  async function look(kind: Kind): Promise<void> {
    const shift = reached[kind] === undefined ? AGAIN_AT_START_MS : AGAIN_MS;
    const before = reached[kind] ?? (await search.reached(kind));
    let from = before && new Date(Date.parse(before) - shift).toISOString();
    for (;;) {
      const found: Array<Ticket | Conversation> =
        kind === 'tickets' ? await tickets.changedSince(from, PAGE) : await conversations.changedSince(from, PAGE);
      for (const one of found) {
        const version = 'revision' in one ? one.revision : one.version;
        const town = towns.get(one.town);
        if (!town || known.get(one.id) === version) continue;
        await ('revision' in one ? takeTicket(one, town) : takeConversation(one));
        known.set(one.id, version);
      }
      const last = found.at(-1)?.updatedAt ?? from;
      if (found.length < PAGE || last === from) {
        if (last > before) await search.reach(kind, last);
        reached[kind] = last > before ? last : before;
        return;
      }
      from = last;
    }
  }

  return {
    async sweep(): Promise<void> {
      await look('tickets');
      await look('conversations');
    },
  };
}

/** A request with all the words by which it is found, its topic's in each language among them. */
export async function putTicket(search: Search, ticket: Ticket, town: Pick<Town, 'frontDesk'>, title: Localised): Promise<void> {
  const comments = ticket.history.flatMap(({ text }) => text ?? []);
  const answers = ticket.answers.map(({ text }) => text);
  const text = [
    ticket.title,
    ...Object.values(title),
    ticket.reference.replace('-', ''),
    ticket.words,
    ...(ticket.said ?? []),
    ...answers,
  ];
  const more = [ticket.place?.text, ticket.contact?.value, ...comments].flatMap((one) => one ?? []);
  await search.put(
    {
      id: `ticket:${ticket.town}:${ticket.reference}`,
      kind: 'ticket',
      town: ticket.town,
      service: ticket.service || town.frontDesk,
      at: Date.parse(ticket.openedAt),
      title: [ticket.title, ticket.place?.text].filter(Boolean).join(' · '),
      excerpt: ticket.words.slice(0, LONGEST_EXCERPT),
      version: ticket.revision,
    },
    [...text, ...more].join(' '),
  );
}
