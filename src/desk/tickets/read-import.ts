/**
 * Requests in a file, from the program a town had before: a line each, columns found by their names (`id`, `topic`, `opened`,
 * `address`, `latitude`, `longitude`, `phone`, `email`, `words`; any other name is a question of the topic's form). What is
 * wrong is told by line; nothing is opened here.
 */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { attributesOf, draftFrom } from '../../domain/ticket/opening';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic/topic';
import type { Calendar, Town } from '../../domain/town';
import type { LineFault } from '../wire';

export const MOST_LINES = 1000;
const NAMES = ['id', 'topic', 'opened', 'address', 'latitude', 'longitude', 'phone', 'email', 'words'] as const;

const coordinate = (most: number) =>
  z
    .string()
    .transform((text) => Number(text.replace(',', '.')))
    .pipe(z.number('degrees').min(-most, 'degrees').max(most, 'degrees'));

const Line = z.object({
  /** What the request is called where it comes from: the same one is opened once. */
  id: z.string('no-id').max(100, 'long'),
  topic: z.string('no-topic'),
  opened: z.iso.date('date').optional(),
  address: z.string().max(200, 'long').optional(),
  latitude: coordinate(90).optional(),
  longitude: coordinate(180).optional(),
  phone: z
    .string()
    .transform((text) => text.replace(/[\s.()-]/g, ''))
    .pipe(z.string().regex(/^\+\d{8,15}$/, 'phone'))
    .optional(),
  email: z.email('email').max(254, 'email').toLowerCase().optional(),
  words: z.string().max(4000, 'long').default(''),
});

export interface Importing {
  town: Town;
  topics: readonly Topic[];
  calendar: Calendar;
  now: Date;
}

/** `csv`: with `;` or `,`, its first line names the columns. */
export function readImport(csv: string, importing: Importing): { drafts: Ticket[]; faults: LineFault[] } {
  const faults: LineFault[] = [];
  const drafts: Ticket[] = [];
  const table = tableOf(csv);
  if ('code' in table) return { drafts, faults: [{ column: '', ...table }] };
  const lineOfId = new Map<string, number>();
  for (const { line, cells } of table.rows) {
    const draft = draftOf(cells, importing);
    if ('faults' in draft) {
      faults.push(...draft.faults.map((fault) => ({ line, ...fault })));
      continue;
    }
    const there = lineOfId.get(draft.ticket.id);
    if (there === undefined) drafts.push(draft.ticket);
    else faults.push({ line, column: 'id', code: 'twice', more: String(there) });
    lineOfId.set(draft.ticket.id, there ?? line);
  }
  return { drafts, faults };
}

interface Row {
  line: number;
  /** By the name of the column; empty cells are left out. */
  cells: Map<string, string>;
}

function tableOf(csv: string): { rows: Row[] } | Omit<LineFault, 'column'> {
  try {
    const [first = ''] = csv.split(/\r?\n/, 1);
    const read = parse(csv, {
      ...{ bom: true, info: true, trim: true, skip_empty_lines: true, relax_column_count: true },
      delimiter: first.includes(';') ? ';' : ',',
    }) as unknown as Array<{ record: string[]; info: { lines: number } }>;
    const [head, ...lines] = read;
    const names = head?.record.map((name) => name.toLowerCase()) ?? [];
    if (!names.includes('id') || !names.includes('topic')) return { line: 1, code: 'no-columns' };
    if (new Set(names).size !== names.length) return { line: 1, code: 'column-twice' };
    if (lines.length > MOST_LINES) return { line: MOST_LINES + 2, code: 'too-many', more: String(MOST_LINES) };
    const rows = lines.map(({ record, info }) => ({
      line: info.lines,
      cells: new Map(names.flatMap((name, n): Array<[string, string]> => (record[n] ? [[name, unescaped(record[n])]] : []))),
    }));
    return { rows };
  } catch (error) {
    const at = z.object({ lines: z.number() }).safeParse(error).data?.lines ?? 1;
    return { line: at, code: 'unreadable' };
  }
}

/** What our own files mark, so that no spreadsheet takes it for a formula. */
const unescaped = (cell: string) => (/^'[=+\-@]/.test(cell) ? cell.slice(1) : cell).replaceAll('\0', '');

type Cause = Omit<LineFault, 'line'>;

function draftOf(
  cells: Map<string, string>,
  { town, topics, calendar, now }: Importing,
): { ticket: Ticket } | { faults: Cause[] } {
  const read = Line.safeParse(Object.fromEntries([...cells].filter(([name]) => (NAMES as readonly string[]).includes(name))));
  // Each message of the schema is a code.
  if (!read.success)
    return {
      faults: read.error.issues.map(({ path: [column], message, ...issue }) => {
        const more = 'maximum' in issue ? { more: String(issue.maximum) } : {};
        return { column: String(column), code: message as LineFault['code'], ...more };
      }),
    };
  const { id, topic: code, opened, address, latitude, longitude, phone, email, words } = read.data;
  const wrong = (column: string, code: LineFault['code']) => ({ faults: [{ column, code }] });
  const topic = topics.find((one) => one.id === code && one.kind === 'report');
  if (!topic) return wrong('topic', 'no-report');
  if ((latitude === undefined) !== (longitude === undefined)) return wrong('latitude', 'half-position');
  const at = opened ? new Date(`${opened}T12:00:00Z`) : now;
  if (at.getTime() > now.getTime() + DAY) return wrong('opened', 'future');
  const contact = phone
    ? ({ kind: 'phone', value: phone } as const)
    : email
      ? ({ kind: 'email', value: email } as const)
      : undefined;
  const known = new Set(attributesOf(topic).map((field) => field.id));
  const answers = new Map([...cells].filter(([name]) => known.has(name)));
  // A column is there for the lines that need it: what another topic asks is not asked here.
  const place = latitude === undefined && !address ? undefined : { text: address, latitude, longitude };
  const key = createHash('sha256').update(`${town.id}\n${id}`).digest('hex').slice(0, 32);
  const source = { id: `import:${key}#1`, channel: 'import', key: `import:${key}` };
  const ticket = draftFrom({ topic, answers, place, contact, words }, town, source, { now: at < now ? at : now, calendar });
  return Array.isArray(ticket) ? { faults: ticket.map(({ field, ...fault }) => ({ column: field, ...fault })) } : { ticket };
}

const DAY = 24 * 60 * 60 * 1000;
