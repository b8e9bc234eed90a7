/** Answers of Open311 in the form that was asked for by the end of the address: XML, which every server speaks, or JSON. */
import type { ServerResponse } from 'node:http';
import { XMLBuilder } from 'fast-xml-parser';

export type Format = 'xml' | 'json';

const TYPES: Record<Format, string> = { xml: 'text/xml; charset=utf-8', json: 'application/json; charset=utf-8' };

/** What XML 1.0 may not hold, however it is written. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is taken out.
const UNFIT = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const builder = new XMLBuilder({ ignoreAttributes: true, suppressEmptyNode: true });

/** What is answered, in both forms: lists are bare in JSON, and stand within their name in XML. */
export interface Said {
  status: number;
  json: object;
  xml: Record<string, unknown>;
  retryAfterSeconds?: number;
}

/** @param each the name of one in XML; `inXml` where one looks otherwise there. */
export function listed(name: string, each: string, items: object[], inXml = items, status = 200): Said {
  return { status, json: items, xml: { [name]: within(each, inXml) } };
}

/** A list within its name; nothing where it is empty. */
export function within(each: string, items: object[] | string[]): Record<string, unknown> | '' {
  return items.length > 0 ? { [each]: items } : '';
}

/** Errors too are a list; each sentence may be shown to a citizen. */
export function refusal(status: number, ...descriptions: string[]): Said {
  const items = descriptions.map((description) => ({ code: status, description }));
  return listed('errors', 'error', items, items, status);
}

export function tooMany(retryAfterSeconds: number): Said {
  return { ...refusal(429, `Too many requests: try again in ${retryAfterSeconds} seconds`), retryAfterSeconds };
}

export function send(response: ServerResponse, format: Format, { status, json, xml, retryAfterSeconds }: Said): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Access-Control-Allow-Origin', '*');
  if (retryAfterSeconds !== undefined) response.setHeader('Retry-After', String(retryAfterSeconds));
  response.writeHead(status, { 'Content-Type': TYPES[format] });
  const inXml = () => `<?xml version="1.0" encoding="utf-8"?>${builder.build(cleaned(xml) as object)}`;
  response.end(format === 'json' ? JSON.stringify(json) : inXml());
}

/** `7a3.json` is the id and the form; null when it names no form that is spoken. */
export function formatOf(path: string): { name: string; format: Format } | null {
  const [, name = '', format] = /^(.{1,100})\.(xml|json)$/.exec(path) ?? [];
  return format ? { name, format: format as Format } : null;
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(UNFIT, '');
  if (Array.isArray(value)) return value.map(cleaned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, cleaned(inner)]));
}
