/** Bodies and headers that are legal in size and as dear as they can be made: what a stranger may send without being known. */

const MOST_BODY = 256 * 1024;
const MOST_HEADER = 14 * 1024;

/** `part` over and over, up to a size. */
const filled = (part: string, size: number, start = '', end = '') =>
  start + part.repeat(Math.floor((size - start.length - end.length) / part.length)) + end;

/** Each with a name of its own, up to a size. */
function distinct(part: (at: number) => string, size: number, start = '', end = ''): string {
  const parts: string[] = [];
  let length = start.length + end.length;
  for (let at = 0; ; at += 1) {
    const next = part(at);
    length += Buffer.byteLength(next);
    if (length > size) return start + parts.join('') + end;
    parts.push(next);
  }
}

export const FORMS: Record<string, string> = {
  'one name repeated': filled('a&', MOST_BODY),
  'one name and value repeated': filled('a=b&', MOST_BODY),
  'many names': distinct((at) => `${at.toString(36)}&`, MOST_BODY),
  ampersands: filled('&', MOST_BODY),
  'percent signs': filled('%41', MOST_BODY, 'a='),
  'broken percent signs': filled('%', MOST_BODY, 'a='),
  'plus signs': filled('+', MOST_BODY, 'a='),
  'names of the language': filled('__proto__=a&', MOST_BODY),
  'one long value': filled('é', MOST_BODY / 2, 'Body='),
  'many long values': distinct((at) => `n${at}=${'%C3%A9'.repeat(170)}&`, MOST_BODY),
};

const message = (fields: string) => `{"type":"message","text":"x",${fields}}`;
const [before, after] = message('"value":V').split('V') as [string, string];

export const JSONS: Record<string, string> = {
  numbers: filled('1,', MOST_BODY, `${before}[`, `1]${after}`),
  'empty objects': filled('{},', MOST_BODY, `${before}[`, `{}]${after}`),
  'objects of one name': filled('{"a":1},', MOST_BODY, `${before}[`, `{}]${after}`),
  'names that differ': distinct((at) => `"${at.toString(36)}":1,`, MOST_BODY, `${before}{`, `"z":1}${after}`),
  'names that differ at the top': distinct((at) => `"${at.toString(36)}":1,`, MOST_BODY, '{', '"type":"message","text":"x"}'),
  'one name over and over': filled('"a":1,', MOST_BODY, `${before}{`, `"a":1}${after}`),
  'nulls at the top': distinct((at) => `"${at.toString(36)}":null,`, MOST_BODY, '{', '"type":"message","text":"x"}'),
  'a nest of lists': before + '['.repeat(60_000) + ']'.repeat(60_000) + after,
  'a nest of objects': `${before}${'{"a":'.repeat(30_000)}1${'}'.repeat(30_000)}${after}`,
  'an unfinished nest': '['.repeat(MOST_BODY),
  'zero bytes': filled('\\u0000', MOST_BODY, '{"type":"message","text":"', '"}'),
  'halves of characters': filled('\\ud800', MOST_BODY, '{"type":"message","text":"', '"}'),
  'places of nowhere': filled('{"type":"Place"},', MOST_BODY, '{"type":"message","text":"x","entities":[', '{}]}'),
  'things beside': filled('{"type":"x"},', MOST_BODY, '{"type":"message","text":"x","entities":[', '{}]}'),
  'attachments of nothing': filled('{},', MOST_BODY, '{"type":"message","text":"x","attachments":[', '{}]}'),
  'sizes of nothing': filled('1,', MOST_BODY, '{"type":"message","text":"x","channelData":{"attachmentSizes":[', '1]}}'),
  'unknown data of a channel': distinct(
    (at) => `"${at.toString(36)}":[],`,
    MOST_BODY,
    '{"type":"message","channelData":{',
    '"z":1}}',
  ),
  'one long text': filled('é', MOST_BODY / 2, '{"type":"message","text":"', '"}'),
  'one long name': filled('a', MOST_BODY, '{"type":"event","name":"', '"}'),
  'brackets in a text': filled('<', MOST_BODY, '{"type":"message","textFormat":"xml","text":"', '"}'),
  'members that arrive': filled('{"id":"a"},', MOST_BODY, '{"type":"conversationUpdate","membersAdded":[', '{"id":"a"}]}'),
  'no JSON': filled('x', MOST_BODY),
  nothing: '',
};

const BOUNDARY = 'b';
const OTHER_BOUNDARY = `${'\r\n--'.repeat(15)}x`.slice(0, 60).replaceAll(/[\r\n]/g, '-');
const head = (rest: string) => `--${BOUNDARY}\r\nContent-Disposition: form-data; ${rest}\r\n`;
const end = `\r\n--${BOUNDARY}--\r\n`;

export interface Multipart {
  type: string;
  body: string;
}

const parts = (body: string, type = `multipart/form-data; boundary=${BOUNDARY}`): Multipart => ({ type, body });
const activity = (text: string) =>
  parts(`${head('name="activity"')}Content-Type: application/vnd.microsoft.activity\r\n\r\n${text}${end}`);

export const MULTIPARTS: Record<string, Multipart> = {
  'many parts': parts(filled(`${head('name="a"')}\r\nx\r\n`, MOST_BODY, '', end)),
  'many files': parts(filled(`${head('name="a"; filename="a"')}\r\nx\r\n`, MOST_BODY, '', end)),
  'nearly the boundary': parts(filled('\r\n--', MOST_BODY, `${head('name="a"; filename="a"')}\r\n`, end)),
  'nearly a long boundary': parts(
    filled(
      `\r\n--${OTHER_BOUNDARY.slice(0, -1)}`,
      MOST_BODY,
      `--${OTHER_BOUNDARY}\r\nContent-Disposition: form-data; name="a"; filename="a"\r\n\r\n`,
    ),
    `multipart/form-data; boundary=${OTHER_BOUNDARY}`,
  ),
  'line ends': parts(filled('\r\n', MOST_BODY, `${head('name="a"; filename="a"')}\r\n`, end)),
  'one long head of a part': parts(
    filled('a', MOST_BODY, `--${BOUNDARY}\r\nContent-Disposition: form-data; name="`, `"\r\n\r\n${end}`),
  ),
  'many heads of a part': parts(filled('X-A: b\r\n', MOST_BODY, head('name="a"'), `\r\nx${end}`)),
  'many parameters': parts(filled('; a=b', 60_000, `--${BOUNDARY}\r\nContent-Disposition: form-data`, `\r\n\r\n${end}`)),
  'quotes in a name': parts(
    filled('\\"', 15_000, `--${BOUNDARY}\r\nContent-Disposition: form-data; name="a"; filename="`, `"\r\n\r\nx${end}`),
  ),
  'no boundary': parts(filled('x', MOST_BODY)),
  'many parameters of the type': parts('x', filled(';a=b', MOST_HEADER, 'multipart/form-data')),
  'quotes in the type': parts('x', filled('\\"', MOST_HEADER, 'multipart/form-data; boundary="')),
  ...Object.fromEntries(Object.entries(JSONS).map(([name, text]) => [`an activity: ${name}`, activity(text)])),
};

/** Signs that readers of headers go over again and again, if they do. */
export const HEADERS: Record<string, Record<string, string>> = {
  'a list of languages': { 'accept-language': filled('a,', MOST_HEADER) },
  'a list of addresses': { 'x-forwarded-for': filled('1.2.3.4:5, ', MOST_HEADER) },
  'colons for an address': { 'x-forwarded-for': filled(':', MOST_HEADER) },
  'a long bearer': { authorization: filled('a.', MOST_HEADER, 'Bearer ') },
  'spaces before a bearer': { authorization: filled(' ', MOST_HEADER, 'Bearer', 'x') },
  'a token of brackets': {
    authorization: `Bearer ${['{"alg":"HS256"}', filled('[', 9000)].map((one) => Buffer.from(one).toString('base64url')).join('.')}.x`,
  },
  'a long origin': { origin: filled('a.', MOST_HEADER, 'https://') },
  'a long signature': { 'x-twilio-signature': filled('a', MOST_HEADER) },
  'a list of encodings': { 'accept-encoding': filled('gzi,', MOST_HEADER) },
  'a long name of a file': { 'content-disposition': filled('%41', MOST_HEADER, "attachment; filename*=UTF-8''") },
  'no end of a name': { 'content-disposition': filled('filename=', MOST_HEADER) },
  cookies: { cookie: filled('a=b; ', MOST_HEADER) },
  'a long type': { 'content-type': filled('; a=b', MOST_HEADER, 'application/json') },
};

/** Queries, behind the path. */
export const QUERIES: Record<string, string> = {
  'a query of one name': filled('a&', MOST_HEADER, '?'),
  'a query of many names': distinct((at) => `${at.toString(36)}&`, MOST_HEADER, '?'),
  'a query of percent signs': filled('%41', MOST_HEADER, '?watermark='),
  'a long ticket': filled('a.', MOST_HEADER, '?t='),
  'many tickets': filled('t=a&', MOST_HEADER, '?'),
  'a query of slashes': filled('/', MOST_HEADER, '?'),
};
