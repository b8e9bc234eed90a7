/** An e-mail as it comes over the wire, for tests: headers line by line, words, files. */
import { randomUUID } from 'node:crypto';

export interface Written {
  from: string;
  to: string;
  text?: string;
  html?: string;
  subject?: string;
  id?: string;
  headers?: Record<string, string>;
  files?: Array<{ name: string; type: string; bytes: Buffer }>;
}

/** A Message-ID of its own unless one is given. */
export function letter({
  from,
  to,
  text,
  html,
  subject,
  id = `<${randomUUID()}@post.example>`,
  headers = {},
  files = [],
}: Written): string {
  const head = {
    From: from,
    To: to,
    'Message-ID': id,
    ...(subject === undefined ? {} : { Subject: subject }),
    'MIME-Version': '1.0',
    ...headers,
  };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}`);
  const type = html === undefined ? 'text/plain' : 'text/html';
  const body = [`Content-Type: ${type}; charset=utf-8`, 'Content-Transfer-Encoding: 8bit', '', html ?? text ?? ''];
  if (files.length === 0) return [...lines, ...body].join('\r\n');
  const parts = files.map(({ name, type: of, bytes }) =>
    [
      `Content-Type: ${of}; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      bytes.toString('base64').replace(/(.{76})/g, '$1\r\n'),
    ].join('\r\n'),
  );
  const all = [body.join('\r\n'), ...parts].map((part) => `--sheet\r\n${part}\r\n`).join('');
  return [...lines, 'Content-Type: multipart/mixed; boundary=sheet', '', `${all}--sheet--`].join('\r\n');
}
