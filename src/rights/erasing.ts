/**
 * Takes away what is kept of a conversation or a request, everywhere: at the carrier first, then files, then rows, the row
 * by which it is found last. Whatever was begun and cut off is begun again and ends; what is gone already is no fault.
 */
import { type FileStore, fileIdOf } from '../domain/message/file';
import type { Ticket } from '../domain/ticket/ticket';
import type { Document } from '../store/collection';
import type { Pace } from '../store/remove-gently';
import type { Search } from '../store/rows/desk/search';
import type { Tickets } from '../store/rows/tickets';
import type { Traces } from '../store/rows/traces';

export interface ErasingParts {
  traces: Traces;
  tickets: Pick<Tickets, 'anonymise'>;
  search: Pick<Search, 'drop'>;
  files: Pick<FileStore, 'remove'>;
  /** Deletes a message at the carrier, with its words and media, by its sid; absent where there is no account. */
  eraseAtCarrier?: (sid: string) => Promise<void>;
  clock: () => Date;
}

export type Erasing = ReturnType<typeof createErasing>;

const SID = /^(?:SM|MM)[0-9a-f]{32}$/;

export function createErasing({ traces, tickets, search, files, eraseAtCarrier, clock }: ErasingParts) {
  async function conversation(id: string): Promise<void> {
    const rows = await traces.of(id);
    if (eraseAtCarrier) for (const sid of sidsOf(rows)) await eraseAtCarrier(sid);
    for (const file of filesOf(rows)) await files.remove(file);
    await search.drop(`conversation:${id}`);
    await traces.erase(id);
  }

  /** Of these conversations of a town, those that nobody has written in since a moment (ISO), many at a time; how many went. */
  async function quiet(town: string, ids: string[], before: string, pace: Pace): Promise<number> {
    const gone = await traces.end(town, ids, before, pace);
    if (gone.length === 0) return 0;
    const rows = await traces.pointers(gone, eraseAtCarrier !== undefined);
    if (eraseAtCarrier) for (const sid of sidsOf(rows)) await eraseAtCarrier(sid);
    for (const file of filesOf(rows)) await files.remove(file);
    await traces.forget(gone, before, pace);
    return gone.length;
  }

  async function ticket({ town, reference, files: kept }: Ticket): Promise<void> {
    for (const file of kept) await files.remove(file);
    const entry = `ticket:${town}:${reference}`;
    // Before it: cut off behind it, nobody would find the request again. And after it: the search may just have taken it in.
    await search.drop(entry);
    await tickets.anonymise(town, reference, clock().getTime());
    await search.drop(entry);
  }

  return { conversation, quiet, ticket };
}

type Rows = Record<string, Document[]>;

/** Messages at the carrier: what came in is named by its sid, what went out has it as the provider's id. */
function sidsOf({ inbox = [], outbox = [] }: Rows): string[] {
  const ids = [
    ...inbox.map(({ _id }) => _id.replace(/^(?:sms|whatsapp):/, '')),
    ...outbox.map(({ providerId }) => String(providerId ?? '')),
  ];
  return [...new Set(ids.flatMap((id) => id.split(/[\s,]+/)))].filter((id) => SID.test(id));
}

function filesOf({ inbox = [], transcript = [] }: Rows): string[] {
  const activities = [...inbox, ...transcript].map(
    ({ activity }) => activity as { attachments?: Array<{ contentUrl?: string }> },
  );
  const ids = activities.flatMap(({ attachments = [] }) => attachments.map(({ contentUrl }) => fileIdOf(contentUrl)));
  return [...new Set(ids.flatMap((id) => id ?? []))];
}
