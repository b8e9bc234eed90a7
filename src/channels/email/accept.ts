/**
 * An e-mail on its way into the inbox, however it came: read, whose it is found out, its photos kept, one row written. Only
 * then is it acknowledged. The row's id comes from the Message-ID, so that the same message twice is one.
 */
import { createHash } from 'node:crypto';
import { maskNumbers } from '../../domain/language/mask';
import type { Activity, Attachment } from '../../domain/message/activity';
import { type FileStore, fileAddress } from '../../domain/message/file';
import { findReferences } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { Receive } from '../channel';
import { type InspectedMedia, plainNameOf } from '../media';
import { type Mail, MOST_FILES } from './mail';
import { ownWords, withSubject } from './own-words';
import { readMail } from './read-mail';

export interface AcceptParts {
  towns: { list(): Town[] };
  files: Pick<FileStore, 'put'>;
  inspect(bytes: Buffer, caller: string): Promise<InspectedMedia>;
  /** The letter that left under this Message-ID: its town, and the request it was about. */
  letterOf(messageId: string): Promise<{ town: string; ticket?: string } | null>;
  receive: Receive;
  clock: () => Date;
}

/** `kept`: it stands in the inbox. `unreadable`: no e-mail, too large, or nobody's. `no-town`: to no address of a town. Throws while the store is away. */
export type Accepted = 'kept' | 'known' | 'unreadable' | 'no-town';
/** @param to whom the mail server says it is for (the envelope), where it says so. */
export type Accept = (raw: Uint8Array, to?: string) => Promise<Accepted>;

const MOST_TEXT = 10_000;

export function createAccept(parts: AcceptParts): Accept {
  const { towns, letterOf, receive, clock } = parts;

  return async (raw, to) => {
    const mail = await readMail(raw);
    if (!mail?.from) return 'unreadable';
    const letters = await Promise.all([mail.report?.messageId ?? [], ...mail.answers].flat().map(letterOf));
    const about = letters.flatMap((letter) => letter ?? []);
    const town = townOf(mail, to) ?? towns.list().find(({ id }) => mail.automatic && id === about[0]?.town);
    if (!town) return 'no-town';
    const conversation = conversationOf(town, mail.from);
    const id = `mail:${digest(`${town.id} ${mail.from} ${mail.messageId ?? digest(raw)}`)}`;
    const files = mail.automatic ? [] : await keep(mail, { town: town.id, conversation, id });
    const activity = activityOf(mail, {
      ...{ id, conversation, town, files },
      references: about.flatMap(({ ticket }) => ticket ?? []),
      at: clock().toISOString(),
    });
    const written = await receive({ id, town: town.id, channel: 'mail', conversation, address: mail.from, activity });
    return written === 'new' ? 'kept' : 'known';
  };

  function townOf({ to: written }: Mail, envelope: string | undefined): Town | undefined {
    const all = envelope ? [envelope.trim().toLowerCase()] : written;
    // 'guichet+voirie@…' is delivered to 'guichet@…'.
    const plain = new Set(all.map((address) => address.replace(/\+[^@]*@/, '@')));
    return towns.list().find(({ senders: { email } }) => email && plain.has(email.toLowerCase()));
  }

  /** What a file really is decides, as everywhere; one that cannot be kept is named, and the words are heard all the same. */
  async function keep(mail: Mail, { id, ...owner }: { id: string; town: string; conversation: string }): Promise<Attachment[]> {
    const kept: Attachment[] = [];
    for (const [index, { name, type, bytes }] of mail.files.entries()) {
      const found = await parts.inspect(Buffer.from(bytes), owner.conversation);
      if (found.kind === 'refused') {
        kept.push({ contentType: typeOf(type), name: plainNameOf(name), content: { unavailable: found.reason } });
        continue;
      }
      const called = `${plainNameOf(name)}.${found.extension}`;
      const file = { ...owner, contentType: found.contentType, name: called, key: `${id}/${index}` };
      const meta = await parts.files.put(found.bytes, file);
      kept.push({ contentType: meta.contentType, contentUrl: fileAddress(meta.id), name: meta.name, size: meta.size });
    }
    return kept;
  }
}

interface Known {
  id: string;
  conversation: string;
  town: Town;
  files: Attachment[];
  references: string[];
  at: string;
}

function activityOf(mail: Mail, { id, conversation, town, files, references, at }: Known): Activity {
  const { from = '', name, messageId, automatic, report } = mail;
  const subject = maskNumbers(mail.subject);
  const whole = maskNumbers(mail.text.replace(/\n+$/, ''));
  const own = ownWords(whole);
  // What somebody writes for the first time they often say in the subject, and nowhere else.
  const isAnswer = mail.answers.length > 0 || /^\s*(re|aw|rv|réf?|tr|fwd?)\s*:/i.test(subject);
  const text = (isAnswer && own ? own : withSubject(subject, own)).slice(0, MOST_TEXT);
  const named = [...new Set([...references, ...findReferences(subject)])].slice(0, MOST_FILES);
  const note = { messageId, subject, references: named, ...(text.endsWith(whole) ? {} : { whole: whole.slice(0, MOST_TEXT) }) };
  return {
    type: 'message',
    id,
    timestamp: at,
    channelId: 'mail',
    conversation: { id: conversation },
    from: { id: from, role: 'user', ...(name ? { name } : {}) },
    recipient: { id: town.id },
    textFormat: 'plain',
    ...(text ? { text } : {}),
    ...(files.length > 0 ? { attachments: files } : {}),
    channelData: { mail: note, ...(automatic ? { automatic } : {}), ...(report ? { report } : {}) },
  };
}

/** The same address writing to the same town is the same citizen; nobody reads an address out of it. */
export function conversationOf(town: Pick<Town, 'id'>, address: string): string {
  return `mail-${digest(`${town.id} ${address}`)}`;
}

const digest = (of: string | Uint8Array) => createHash('sha256').update(of).digest('hex').slice(0, 32);

const typeOf = (type: string) => (/^[\w.+-]{1,60}\/[\w.+-]{1,60}$/.test(type) ? type.toLowerCase() : 'application/octet-stream');
