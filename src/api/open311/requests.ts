/** What Open311 is asked: the body that opens a request, and the query for a list. An empty value counts as none. */
import { z } from 'zod';
import type { Report } from '../../domain/ticket/opening';

const DAY_MS = 24 * 60 * 60 * 1000;
const LONGEST_SPAN = 90 * DAY_MS;
const MOST_PARAMETERS = 200;
const MOST_LISTED = 5000;

/** The fields of a form in either of the two ways a body may hold one; files among them are left out. Null when it holds none. */
export async function readFields(type: string, body: Buffer): Promise<URLSearchParams | null> {
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return new URLSearchParams(body.toString('utf8'));
  const [, boundary] = /^multipart\/form-data\s*;.{0,200}?boundary="?([\w'()+,./:=?-]{1,70})/i.exec(type) ?? [];
  // Parts cost more than bytes do.
  if (!boundary || body.toString('latin1').split(boundary, MOST_PARAMETERS + 3).length > MOST_PARAMETERS + 2) return null;
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return new URLSearchParams([...form].filter((field): field is [string, string] => typeof field[1] === 'string'));
  } catch {
    return null;
  }
}

/** Each name once, but `attribute[x][]`; null when a name comes twice or there are too many. */
export function readForm(query: URLSearchParams): Map<string, string> | null {
  const form = new Map<string, string>();
  for (const [name, value] of query) {
    if (form.has(name) || form.size >= MOST_PARAMETERS) return null;
    if (value.trim() !== '') form.set(name, value.replaceAll('\0', ''));
  }
  return form;
}

const coordinate = (most: number) => z.coerce.number().min(-most).max(most);

const Opening = z.object({
  lat: coordinate(90).optional(),
  long: coordinate(180).optional(),
  address_string: z.string().max(200).optional(),
  email: z.email().max(254).optional(),
  first_name: z.string().max(100).optional(),
  last_name: z.string().max(100).optional(),
  phone: z.string().max(40).optional(),
  description: z.string().max(4000).default(''),
  media_url: z
    .url({ protocol: /^https?$/ })
    .max(500)
    .optional(),
});

export type Opened = Omit<Report, 'topic'> | { wrong: string };

export function readOpening(form: Map<string, string>): Opened {
  if (form.has('address_id')) return { wrong: 'address_id is not known here: send lat and long, or address_string' };
  const read = Opening.safeParse(Object.fromEntries([...form].filter(([name]) => name in Opening.shape)));
  if (!read.success) return { wrong: `${read.error.issues[0]?.path.join('.')} is not as it should be` };
  const { lat, long, address_string: address, email, phone, description, media_url: media, ...names } = read.data;
  if ((lat === undefined) !== (long === undefined)) return { wrong: 'lat and long come together' };
  if (lat === undefined && !address) return { wrong: 'lat and long, or address_string, are needed' };
  const answers = new Map<string, string>();
  for (const [name, value] of form) {
    const [, code] = /^attribute\[([\w-]{1,64})\](?:\[\])?$/.exec(name) ?? [];
    if (code) answers.set(code, value);
  }
  const number = phone?.replace(/[\s.()-]/g, '') ?? '';
  const isInternational = /^\+\d{8,15}$/.test(number);
  const fact = (field: string, label: string, text: string | undefined) => (text ? [{ field, label, text }] : []);
  const mail = email ? ({ kind: 'email', value: email.toLowerCase() } as const) : undefined;
  return {
    answers,
    place: { text: address, latitude: lat, longitude: long },
    contact: isInternational ? { kind: 'phone', value: number } : mail,
    more: [
      ...fact('first_name', 'first_name', names.first_name),
      ...fact('last_name', 'last_name', names.last_name),
      ...fact('phone', 'phone', isInternational ? undefined : phone),
      ...fact('email', 'email', isInternational ? email : undefined),
      ...fact('media_url', 'media_url', media),
    ],
    // No markup: it is words, and shown as such.
    words: description,
  };
}

export interface ListQuery {
  ids?: string[];
  services?: string[];
  from: string;
  to: string;
  statuses: Array<'open' | 'closed'>;
  page: number;
  pageSize: number;
}

const csv = (most: number) =>
  z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((one) => one.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.string().max(64)).max(most));
const moment = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text));

const List = z.object({
  service_request_id: csv(100).optional(),
  service_code: csv(50).optional(),
  start_date: moment.optional(),
  end_date: moment.optional(),
  status: csv(2)
    .pipe(z.array(z.enum(['open', 'closed'])))
    .optional(),
  page: z.coerce.number().int().min(1).max(10_000).default(1),
  page_size: z.coerce.number().int().min(1).max(1000).default(1000),
});

/** Without dates the last ninety days; with one of them ninety days from or up to it (GeoReport v2, GET service requests). */
export function readList(form: Map<string, string>, now: Date): ListQuery | { wrong: string } {
  const read = List.safeParse(Object.fromEntries([...form].filter(([name]) => name in List.shape)));
  if (!read.success) return { wrong: `${read.error.issues[0]?.path[0]?.toString()} is not as it should be` };
  const { service_request_id: ids, service_code: services, start_date, end_date, status, page, page_size: pageSize } = read.data;
  const to = end_date ?? (start_date === undefined ? now.getTime() : Math.min(start_date + LONGEST_SPAN, now.getTime()));
  const from = start_date ?? to - LONGEST_SPAN;
  if (page * pageSize > MOST_LISTED)
    return { wrong: `at most ${MOST_LISTED} requests can be listed: choose a shorter span of dates` };
  if (to - from > LONGEST_SPAN) return { wrong: 'start_date and end_date may lie 90 days apart at most' };
  return {
    ...{ ids, services, page, pageSize, statuses: status ?? ['open', 'closed'] },
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
  };
}
