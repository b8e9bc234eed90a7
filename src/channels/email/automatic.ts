/**
 * Whether a machine wrote an e-mail (RFC 3834, 2; RFC 2369; RFC 3464): nobody answers it, and nothing changes by it. An
 * out-of-office reply that was answered would be answered by another.
 */

type Header = (name: string) => string | undefined;

const BULK = /^(bulk|junk|list|auto_reply)$/i;
const DAEMON = /^(mailer-daemon|postmaster|no-?reply|do-?not-?reply|bounces?)([+-].*)?@/i;

/** The header that says so, or null. */
export function automaticSign(header: Header, from: string | undefined): string | null {
  const submitted = header('auto-submitted');
  if (submitted && !/^no\b/i.test(submitted.trim())) return 'auto-submitted';
  if (BULK.test(header('precedence')?.trim() ?? '')) return 'precedence';
  for (const name of ['list-id', 'list-unsubscribe', 'x-auto-response-suppress', 'x-autoreply', 'x-autorespond', 'feedback-id'])
    if (header(name) !== undefined) return name;
  if (header('return-path')?.replace(/\s/g, '') === '<>') return 'return-path';
  if (/^multipart\/report\b/i.test(header('content-type') ?? '')) return 'report';
  return from !== undefined && !DAEMON.test(from) ? null : 'from';
}

/** The letter of ours that did not arrive, and the status of RFC 3463; null where a report says anything else. */
export function failedLetter(status: string, original: string): { messageId: string; status: string } | null {
  if (!/^action:\s*failed\b/im.test(status)) return null;
  const code = /^status:\s*(5\.\d{1,3}\.\d{1,3})/im.exec(status)?.[1];
  const messageId = /^message-id:\s*(<[^<>\s]{1,500}>)/im.exec(original)?.[1];
  return code && messageId ? { messageId, status: code } : null;
}
