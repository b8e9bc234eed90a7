/**
 * The copy that a citizen gets of what is theirs, field by field: what they wrote and sent, what they were answered, their
 * requests as they may see them. Not what colleagues noted for each other, nor anything of other people's requests.
 */

import { type FileStore, fileIdOf } from '../domain/message/file';
import { isForCitizen, type LineFrom } from '../domain/message/readers';
import type { Ticket } from '../domain/ticket/ticket';
import type { Traces } from '../store/rows/traces';

/** Bytes of files in one copy; what is beyond is named and left out. */
const MOST_BYTES = 40 * 1024 * 1024;

type Rows = Awaited<ReturnType<Traces['of']>>;

interface Line {
  at: string;
  from: LineFrom;
  activity: { text?: string; attachments?: Array<{ contentUrl?: string }> };
}

export function requestOf({ reference, topic, title, service, state, openedAt, updatedAt, ...ticket }: Ticket): object {
  const { language, words, said, answers, place, contact, files, formal } = ticket;
  const history = ticket.history
    .filter(({ isPublic }) => isPublic)
    .map(({ at, by, kind, state: to, text, was }) => ({ at, by, kind, state: to, text, was }));
  return {
    ...{ reference, topic, title, service, state, opened_at: openedAt, updated_at: updatedAt, language, words, said },
    ...{ answers, place, contact, files, formal, history },
  };
}

/** @param since ISO: what is older may be somebody else's, who had the number before. */
export function messagesOf({ transcript = [] }: Rows, since: string): object[] {
  return linesOf(transcript, since).map(({ at, from, activity: { text, attachments = [] } }) => ({
    at,
    from,
    text,
    files: attachments.flatMap(({ contentUrl }) => fileIdOf(contentUrl) ?? []),
  }));
}

export function fileIdsOf(rows: Rows[], tickets: Ticket[], since: string): string[] {
  const sent = rows
    .flatMap(({ transcript = [] }) => linesOf(transcript, since))
    .flatMap(({ activity }) => activity.attachments ?? [])
    .flatMap(({ contentUrl }) => fileIdOf(contentUrl) ?? []);
  return [...new Set([...tickets.flatMap(({ files }) => files), ...sent])];
}

function linesOf(transcript: object[], since: string): Line[] {
  return (transcript as Line[]).filter((line) => isForCitizen(line) && line.at >= since);
}

export async function filesIn(files: Pick<FileStore, 'get'>, ids: string[], most = MOST_BYTES): Promise<object[]> {
  const all: object[] = [];
  let left = most;
  for (const id of ids) {
    const found = await files.get(id);
    if (!found) continue;
    const { name, contentType, size } = found.meta;
    if (size > left) {
      all.push({ id, name, content_type: contentType, left_out: true });
      continue;
    }
    left -= size;
    const bytes: Uint8Array[] = [];
    for await (const each of found.stream) bytes.push(each);
    all.push({ id, name, content_type: contentType, base64: Buffer.concat(bytes).toString('base64') });
  }
  return all;
}
