/**
 * 'Where does my request stand?' in a town that has very many: asked by its reference in the chat of the page, and from the
 * phone it was made with, from the posted question to the answer; beside the same server with almost no requests.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { putTicket } from '../../src/desk';
import { publicIdOf } from '../../src/domain/ticket/public-id';
import { createReference, type Ticket } from '../../src/domain/ticket/ticket';
import { type Database, openDatabase } from '../../src/store';
import { upgrade } from '../../src/store/migrate';
import { createStore } from '../../src/store/store';
import { upgrades } from '../../src/store/upgrades';
import { citizensPhone, openCarrierLink } from './carrier-link';
import { hire } from './desk/people';
import { createVisitor, type Measured, pace, type Speaker, WARM_UP_MS } from './driver';
import { createSubscriber, UNHURRIED } from './phone';
import { type Searched, searches, searchTable } from './search';
import { settled, start } from './server';

export interface LookupColumn {
  tickets: number;
  byReference: Measured;
  byPhone: Measured;
  /** Milliseconds of processor time of the server for one question by phone: what a busy machine does not blur. */
  phoneCpuMs: number;
  /** Milliseconds of the two questions to the store. */
  inStore: [p50: number, p95: number];
  searched: Searched;
}

const TOWN = 'bellerive';
const TITLE = { fr: 'Éclairage public en panne', en: 'Street light fault' };
const STREETS = ['rue Pasteur', 'rue Victor Hugo', 'avenue Jean-Jaurès', 'quai de la Marne', 'rue des Lilas', 'rue Émile-Zola'];
/** Of so many one has a word that no other has. */
const RARE = 10_007;
const ALMOST_NONE = 1000;
const AT_ONCE = 2000;
const LOOKUPS = 1000;
const CITIZENS = 16;
const WARM_UP_PHONES = 60;
const A_SECOND = 20;
const YEAR_MS = 365 * 24 * 3600_000;

export async function lookupColumns(tickets: number, forMs: number, folder: string): Promise<LookupColumn[]> {
  const columns: LookupColumn[] = [];
  for (const size of [ALMOST_NONE, tickets]) {
    const env = { DATA_DIR: join(folder, String(columns.length)), ...UNHURRIED };
    const database = await openDatabase({ kind: 'sqlite', file: join(env.DATA_DIR, 'guichet.db') });
    await fillTickets(database, size);
    const inStore = await lookUp(database, size);
    await database.close();
    const [cookie = ''] = await hire(env.DATA_DIR, 1);
    columns.push({ ...(await ask(size, env, forMs, cookie)), inStore });
  }
  return columns;
}

/** What the store alone takes for it, by reference and by address, one after the other. */
async function lookUp(database: Database, size: number): Promise<[p50: number, p95: number]> {
  const { tickets } = createStore(database);
  const times: number[] = [];
  for (let n = 0; n < LOOKUPS; n += 1) {
    const one = Math.floor((n * size) / LOOKUPS);
    const from = performance.now();
    await tickets.byReference(TOWN, referenceOf(one));
    await tickets.ofAddress(TOWN, 'sms', citizensPhone(one), 5);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(LOOKUPS * 0.5)] ?? Number.NaN, times[Math.floor(LOOKUPS * 0.95)] ?? Number.NaN];
}

async function ask(
  tickets: number,
  env: Record<string, string>,
  forMs: number,
  cookie: string,
): Promise<Omit<LookupColumn, 'inStore'>> {
  const carrier = await openCarrierLink();
  const server = await start(['dist/src/main.js'], { ...env, ...carrier.env });
  const visitors: Speaker[] = [];
  try {
    await settled(server.url);
    // All over the years, and each phone asks once.
    const asks = Math.round((A_SECOND * forMs) / 1000);
    const all = asks + WARM_UP_PHONES;
    const some = Array.from({ length: all }, (_, n) => Math.floor((n * tickets) / all));
    for (let n = 0; n < CITIZENS; n += 1) visitors.push(await createVisitor(server.url));
    const questions = some.map((n) => `où en est ma demande ${referenceOf(n)} ?`);
    await pace(visitors, questions, A_SECOND, WARM_UP_MS);
    const byReference = await pace(visitors, questions, A_SECOND, forMs);
    const searched = await searches(server, cookie, {
      'a rare word': 'girouette',
      'a rare word and a common one': 'lampadaire girouette',
      'a common word': 'lampadaire',
      'a word that is begun': 'lampad',
      'a street': '12 rue des Lilas',
      'a reference': referenceOf(Math.floor(tickets / 2)),
      'a phone': citizensPhone(Math.floor(tickets / 3)),
    });
    const phones = some.map(citizensPhone);
    await carrier.connect({ service: server.url, receipts: false, phones });
    const subscribers = phones.map((phone): Speaker => ({ ...createSubscriber(server.url, phone, carrier), close() {} }));
    // The first from a phone are those of the engine that compiles: other phones ask before.
    await pace(subscribers.splice(0, WARM_UP_PHONES), ['où en est ma demande ?'], A_SECOND, (WARM_UP_PHONES * 1000) / A_SECOND);
    const cpuBefore = server.cpuSeconds();
    const byPhone = await pace(subscribers, ['où en est ma demande ?'], A_SECOND, forMs);
    const phoneCpuMs = ((server.cpuSeconds() - cpuBefore) * 1000) / Math.max(1, byPhone.count);
    return { tickets, byReference, byPhone, phoneCpuMs, searched };
  } finally {
    for (const each of visitors) each.close();
    await server.stop();
    carrier.close();
  }
}

const referenceOf = (n: number) => createReference(createHash('sha256').update(String(n)).digest());

/** Requests of a year as rows that everybody has been told of; a few are still worked on. */
async function fillTickets(database: Database, to: number): Promise<void> {
  const store = createStore(database);
  await upgrade(database, upgrades);
  const rows = database.collection('tickets');
  const now = Date.now();
  // Of so many some references fall together: a citizen would get another.
  const taken = new Set<string>();
  for (let n = 0; n < to; n += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, to - n) }, (_, each) =>
      pastTicket(n + each, new Date(now - (YEAR_MS * (to - n - each)) / to)),
    );
    const fresh = some.filter(({ reference }) => !taken.has(reference) && taken.add(reference));
    await Promise.all(fresh.map(({ id, ...rest }) => rows.insert({ _id: id, ...rest, lookAt: 0, publicId: publicIdOf(id) })));
    // As the desk's search takes each in on its day.
    await Promise.all(fresh.map((ticket) => putTicket(store.search, ticket, { frontDesk: 'accueil' }, TITLE)));
  }
  // Indexes are made once over all rows, which is many times faster than row by row.
  await store.prepare();
  await store.search.reach('tickets', new Date(now).toISOString());
}

function pastTicket(n: number, at: Date): Ticket {
  const openedAt = at.toISOString();
  const place = `${n % 90} ${STREETS[Math.floor(n / 90) % STREETS.length]}`;
  const phone = citizensPhone(n);
  return {
    id: `sms:past-${n}#1`,
    town: TOWN,
    reference: referenceOf(n),
    topic: 'report_street_light',
    service: 'roads',
    title: 'Lampadaire en panne',
    priority: 'normal',
    state: n % 20 === 0 ? 'in-progress' : 'closed',
    answers: [{ field: 'place', label: 'Lieu', text: place, value: place }],
    place: {
      text: place,
      latitude: 48.1 + (n % 997) / 1e5,
      longitude: 2.1 + (n % 991) / 1e5,
      precision: 'number',
    },
    files: [],
    contact: { kind: 'phone', value: phone },
    language: 'fr',
    words: `Le lampadaire devant le ${place} est cassé depuis hier soir${n % RARE === 5 ? ', la girouette aussi' : ''}`,
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
    '| requests | the store alone: by reference and by phone, p50, p95 (ms) | by reference, in the page | by the phone that asks | processor time of it (ms) | failed |',
    '|---|---|---|---|---|---|',
    ...columns.map(
      (column) =>
        `| ${column.tickets.toLocaleString('en')} | ${column.inStore.map((ms) => ms.toFixed(2)).join(', ')} | ${cells('byReference')(column)} | ${cells('byPhone')(column)} | ${column.phoneCpuMs.toFixed(1)} | ${column.byReference.failed + column.byPhone.failed} |`,
    ),
    ...columns.flatMap(({ byReference, byPhone }) => [...byReference.reasons, ...byPhone.reasons]),
    '',
    ...searchTable(columns),
  ];
}
