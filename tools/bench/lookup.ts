/**
 * 'Where does my request stand?' in a town that has very many: asked by its reference in the chat of the page, and from the
 * phone it was made with, from the posted question to the answer; beside the same server with almost no requests.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { publicIdOf } from '../../src/domain/ticket/public-id';
import { createReference, type Ticket } from '../../src/domain/ticket/ticket';
import { type Database, openDatabase } from '../../src/store';
import { createStore } from '../../src/store/store';
import { openCarrierLink } from './carrier-link';
import { createVisitor, type Measured, pace, type Speaker, WARM_UP_MS } from './driver';
import { createSubscriber, UNHURRIED } from './phone';
import { settled, start } from './server';

export interface LookupColumn {
  tickets: number;
  byReference: Measured;
  byPhone: Measured;
}

const TOWN = 'bellerive';
const ALMOST_NONE = 1000;
const AT_ONCE = 2000;
const CITIZENS = 16;
const A_SECOND = 20;
const YEAR_MS = 365 * 24 * 3600_000;

export async function lookupColumns(tickets: number, forMs: number, folder: string): Promise<LookupColumn[]> {
  const columns: LookupColumn[] = [];
  const env = { DATA_DIR: folder, ...UNHURRIED };
  let filled = 0;
  for (const size of [ALMOST_NONE, tickets]) {
    // The schema stands once somebody has opened the door.
    await (await start(['dist/src/main.js'], env)).stop();
    const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'guichet.db') });
    await fillTickets(database, filled, size);
    await database.close();
    filled = size;
    columns.push(await ask(size, env, forMs));
  }
  return columns;
}

async function ask(tickets: number, env: Record<string, string>, forMs: number): Promise<LookupColumn> {
  const carrier = await openCarrierLink();
  const server = await start(['dist/src/main.js'], { ...env, ...carrier.env });
  const visitors: Speaker[] = [];
  try {
    await settled(server.url);
    // All over the years, and each phone asks once.
    const asks = Math.round((A_SECOND * forMs) / 1000);
    const some = Array.from({ length: asks }, (_, n) => Math.floor((n * tickets) / asks));
    for (let n = 0; n < CITIZENS; n += 1) visitors.push(await createVisitor(server.url));
    const questions = some.map((n) => `où en est ma demande ${referenceOf(n)} ?`);
    await pace(visitors, questions, A_SECOND, WARM_UP_MS);
    const byReference = await pace(visitors, questions, A_SECOND, forMs);
    const phones = some.map(phoneOf);
    await carrier.connect({ service: server.url, receipts: false, phones });
    const subscribers = phones.map((phone): Speaker => ({ ...createSubscriber(server.url, phone, carrier), close() {} }));
    const byPhone = await pace(subscribers, ['où en est ma demande ?'], A_SECOND, forMs);
    return { tickets, byReference, byPhone };
  } finally {
    for (const each of visitors) each.close();
    await server.stop();
    carrier.close();
  }
}

const referenceOf = (n: number) => createReference(createHash('sha256').update(String(n)).digest());
const phoneOf = (n: number) => `+336${39_980_000 + n}`;

/** Requests of the past, `from` to `to`, as rows that everybody has been told of; a few are still worked on. */
async function fillTickets(database: Database, from: number, to: number): Promise<void> {
  const store = createStore(database);
  await store.prepare();
  const rows = database.collection('tickets');
  const now = Date.now();
  for (let n = from; n < to; n += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, to - n) }, (_, each) => n + each);
    await Promise.all(
      some.map(async (each) => {
        const { id, ...rest } = pastTicket(each, new Date(now - (YEAR_MS * (to - each)) / to));
        // Of 1.4 million some references fall together, as they would for a citizen, who gets another.
        await rows.insert({ _id: id, ...rest, lookAt: 0, publicId: publicIdOf(id) }).catch(() => {});
      }),
    );
  }
  // As if the desk's search had taken them in on their day.
  await store.search.reach('tickets', new Date(now).toISOString());
}

function pastTicket(n: number, at: Date): Ticket {
  const openedAt = at.toISOString();
  const phone = phoneOf(n);
  return {
    id: `sms:past-${n}#1`,
    town: TOWN,
    reference: referenceOf(n),
    topic: 'report_street_light',
    service: 'roads',
    title: 'Lampadaire en panne',
    priority: 'normal',
    state: n % 20 === 0 ? 'in-progress' : 'closed',
    answers: [{ field: 'place', label: 'Lieu', text: `${n % 90} rue Pasteur`, value: `${n % 90} rue Pasteur` }],
    place: {
      text: `${n % 90} rue Pasteur`,
      latitude: 48.1 + (n % 997) / 1e5,
      longitude: 2.1 + (n % 991) / 1e5,
      precision: 'number',
    },
    files: [],
    contact: { kind: 'phone', value: phone },
    language: 'fr',
    words: `Le lampadaire devant le ${n % 90} rue Pasteur est cassé depuis hier soir`,
    conversation: `sms:past-${n}`,
    channel: 'sms',
    address: phone,
    history: [{ id: `sms:past-${n}#1`, at: openedAt, by: 'citizen', kind: 'opened', isPublic: true }],
    revision: 0,
    openedAt,
    updatedAt: openedAt,
  };
}

export function lookupTable(columns: LookupColumn[]): string[] {
  const [few] = columns;
  const cells = (of: 'byReference' | 'byPhone') => (column: LookupColumn) =>
    `${column[of].p50.toFixed(1)}, ${column[of].p95.toFixed(1)} (${(column[of].p95 / (few?.[of].p95 ?? 1)).toFixed(2)})`;
  return [
    `'Where does my request stand?', embedded store, ${A_SECOND} a second: p50, p95 in ms from the posted question to the answer (p95 to that of almost none).`,
    '',
    '| requests | by reference, in the page | by the phone that asks | failed |',
    '|---|---|---|---|',
    ...columns.map(
      (column) =>
        `| ${column.tickets.toLocaleString('en')} | ${cells('byReference')(column)} | ${cells('byPhone')(column)} | ${column.byReference.failed + column.byPhone.failed} |`,
    ),
  ];
}
