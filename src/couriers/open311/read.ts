/** What a server that speaks Open311 answers, in JSON or XML, as the little of it that is used here; null when it is no such answer. */
import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';

/** Numbers where the protocol's own examples have them. */
const code = z
  .union([z.string(), z.number()])
  .transform((value) => String(value).trim())
  .pipe(z.string().max(100));
const words = z
  .union([z.string(), z.number()])
  .transform((value) => String(value))
  .nullish();

const Opened = z.array(z.object({ service_request_id: code.nullish(), token: code.nullish() })).min(1);
const Request = z.object({
  service_request_id: code.pipe(z.string().min(1)),
  status: z
    .string()
    .toLowerCase()
    .pipe(z.enum(['open', 'closed'])),
  status_notes: words,
  description: words,
});

export interface Opened {
  id?: string;
  token?: string;
}

export interface Status {
  id: string;
  status: 'open' | 'closed';
  notes: string;
  description: string;
}

// No document types, so no entities of anybody's making; text stays text.
const parser = new XMLParser({ ignoreAttributes: true, parseTagValue: false });

/** A list, bare or within its name. */
function listIn(body: string, format: 'json' | 'xml'): unknown[] | null {
  try {
    if (format === 'json') {
      const read = JSON.parse(body) as unknown;
      return Array.isArray(read) ? read : null;
    }
    if (/<!DOCTYPE/i.test(body)) return null;
    const { service_requests: within } = parser.parse(body) as { service_requests?: { request?: unknown } | '' };
    if (within === undefined) return null;
    const request = within === '' ? undefined : within.request;
    return Array.isArray(request) ? request : request === undefined ? [] : [request];
  } catch {
    return null;
  }
}

export function readOpened(body: string, format: 'json' | 'xml'): Opened | null {
  const [first] = Opened.safeParse(listIn(body, format)).data ?? [];
  if (!first?.service_request_id && !first?.token) return null;
  return first.service_request_id ? { id: first.service_request_id } : { token: first.token ?? '' };
}

/** One that cannot be read does not hide the others. */
export function readStatuses(body: string, format: 'json' | 'xml'): Status[] | null {
  return (
    listIn(body, format)?.flatMap((one) => {
      const { data } = Request.safeParse(one);
      if (!data) return [];
      const { service_request_id: id, status, status_notes: notes, description } = data;
      return { id, status, notes: plain(notes), description: plain(description) };
    }) ?? null
  );
}

/** Characters of what the other side says of a request. */
const LONGEST = 900;

function plain(text: string | null | undefined): string {
  return (text ?? '')
    .replaceAll(/[^\P{Cc}\n\t]/gu, ' ')
    .trim()
    .slice(0, LONGEST);
}
