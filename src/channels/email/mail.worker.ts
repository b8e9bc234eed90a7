/**
 * Reads one e-mail in a thread of its own: however it is nested or coded, the town hall goes on answering, and whoever
 * waits for it can end it.
 */
import { parentPort, workerData } from 'node:worker_threads';
import PostalMime, { type Address, type Email } from 'postal-mime';
import { automaticSign, failedLetter } from './automatic';
import { type Mail, MOST_DEPTH, MOST_FILES, MOST_HEADER_BYTES } from './mail';

const MOST_REPORT = 64 * 1024;

async function read(raw: Uint8Array): Promise<Mail | null> {
  const mail = await PostalMime.parse(raw, {
    maxNestingDepth: MOST_DEPTH,
    maxHeadersSize: MOST_HEADER_BYTES,
    // A message within a message is somebody else's words: a file, and never the citizen's.
    forceRfc822Attachments: true,
  });
  if (mail.headers.length === 0) return null;
  const header = (name: string) => mail.headers.find(({ key }) => key === name)?.value;
  const isReport = /^multipart\/report\b/i.test(header('content-type') ?? '');
  const automatic = automaticSign(header, mail.from?.address) ?? undefined;
  const files = isReport ? [] : mail.attachments;
  const report = isReport ? reportIn(mail) : null;
  return {
    // Answers go to whom it says it is from, and nowhere else: what is said of a request reaches its own contact.
    from: mail.from?.address,
    name: mail.from?.name,
    to: [
      ...addresses(mail.to),
      ...addresses(mail.cc),
      ...['delivered-to', 'x-original-to'].flatMap((name) => header(name) ?? []),
    ],
    messageId: mail.messageId,
    answers: [...idsIn(mail.inReplyTo), ...idsIn(mail.references).reverse()],
    subject: mail.subject ?? '',
    text: mail.text ?? (mail.html ? await wordsOf(mail.html) : ''),
    ...(automatic ? { automatic } : {}),
    ...(report ? { report } : {}),
    files: files.slice(0, MOST_FILES).map(({ filename, mimeType, content }) => ({
      name: filename ?? '',
      type: mimeType,
      bytes: typeof content === 'string' ? Buffer.from(content) : new Uint8Array(content as ArrayBuffer),
    })),
    isCut: files.length > MOST_FILES,
  };
}

/** The library tells HTML as plain words where such a part stands beside a plain one. */
async function wordsOf(html: string): Promise<string> {
  const part = (type: string, text: string) =>
    `--x\r\nContent-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${Buffer.from(text).toString('base64')}\r\n`;
  const both = `${part('text/plain', '')}${part('text/html', html)}--x--\r\n`;
  return (await PostalMime.parse(`Content-Type: multipart/mixed; boundary=x\r\n\r\n${both}`)).text?.trim() ?? '';
}

const idsIn = (text = '') => text.slice(-20_000).match(/<[^<>\s]{1,500}>/g) ?? [];

function addresses(all: Address[] = []): string[] {
  return all.flatMap((one) => (one.group ? one.group.map(({ address }) => address) : (one.address ?? [])));
}

function reportIn({ attachments }: Email): Mail['report'] | null {
  const textOf = (types: RegExp) => {
    const found = attachments.find(({ mimeType }) => types.test(mimeType))?.content;
    return found === undefined ? '' : Buffer.from(found as ArrayBuffer).toString('latin1', 0, MOST_REPORT);
  };
  return failedLetter(textOf(/^message\/(global-)?delivery-status$/i), textOf(/^(message\/rfc822|text\/rfc822-headers)$/i));
}

void read(workerData as Uint8Array).then(
  (mail) => parentPort?.postMessage(mail),
  () => parentPort?.postMessage(null),
);
