/**
 * Other programs open and follow requests by Open311: in XML and JSON, by its own rules; what the town does not publish is
 * in no list and under no id, and nothing of a citizen is ever shown.
 */
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { makeKey } from '../../src/api';
import { changeTicket } from '../../src/mailroom';
import { createApiKeys } from '../../src/store/rows/api-keys';
import { createTickets } from '../../src/store/rows/tickets';
import { openTowns } from '../../src/towns';
import { type CityHall, openCityHall } from '../support/city-hall';
import { openRows, type Rows } from '../support/rows';

let hall: CityHall;
let rows: Rows;
let key: string;
let readingKey: string;
let place: { lat: string; long: string };

beforeAll(async () => {
  hall = await openCityHall({
    at: '2026-11-26T09:15:00Z',
    change: (town) =>
      town.id === 'bellerive'
        ? { ...town, openData: { requests: true, figures: false, least: 5 } }
        : { ...town, openData: undefined },
  });
  rows = await openRows(hall);
  const [street] = (await openTowns(hall.config)).get('bellerive')!.streets;
  place = { lat: String(street!.middle.latitude), long: String(street!.middle.longitude) };
  key = await keyFor('bellerive', ['tickets.open']);
  readingKey = await keyFor('bellerive', ['tickets.read']);
}, 60_000);

afterAll(async () => {
  await rows.nothingLeaked();
  await rows.close();
  await hall.close();
});

async function keyFor(town: string, scopes: Parameters<typeof makeKey>[2]): Promise<string> {
  const made = makeKey(town, 'the works program', scopes, new Date());
  await createApiKeys(rows.database).add(made.row);
  return made.key;
}

const parser = new XMLParser({
  parseTagValue: false,
  isArray: (name) => ['service', 'attribute', 'value', 'request', 'error', 'endpoint', 'format'].includes(name),
});

async function ask(path: string, init?: RequestInit) {
  const response = await fetch(`${hall.url}/open311/${path}`, init);
  const text = await response.text();
  const type = response.headers.get('content-type');
  if (/xml/.test(type ?? '')) expect(XMLValidator.validate(text)).toBe(true);
  // biome-ignore lint/suspicious/noExplicitAny: answers of every shape are looked into.
  const body: any = type === null ? undefined : /json/.test(type) ? JSON.parse(text) : parser.parse(text);
  return { status: response.status, type, text, body };
}

const post = (fields: Record<string, string>, format = 'json') =>
  ask(`v2/requests.${format}`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ jurisdiction_id: 'bellerive', ...fields }).toString(),
  });

const at = (path: string, more: Record<string, string> = {}) =>
  ask(`v2/${path}?${new URLSearchParams({ jurisdiction_id: 'bellerive', ...more })}`);

/** A lamp on the first street of the town. */
const lamp = () => ({ service_code: 'report_street_light', ...place });

test('discovery, services and their questions in both forms, with their types of content', async () => {
  for (const [format, type] of [
    ['json', 'application/json; charset=utf-8'],
    ['xml', 'text/xml; charset=utf-8'],
  ] as const) {
    const discovery = await ask(`discovery.${format}`);
    expect([discovery.status, discovery.type]).toEqual([200, type]);
    const [endpoint] = format === 'json' ? discovery.body.endpoints : discovery.body.discovery.endpoints.endpoint;
    expect(endpoint).toMatchObject({ url: `${hall.url}/open311/v2`, type: 'production' });
    expect(Number.isNaN(Date.parse(endpoint.changeset))).toBe(false);

    const services = await at(`services.${format}`);
    expect([services.status, services.type]).toEqual([200, type]);
    const all = format === 'json' ? services.body : services.body.services.service;
    expect(all.map((one: { service_code: string }) => one.service_code)).toEqual(
      expect.arrayContaining(['report_street_light', 'report_graffiti']),
    );
    expect(all[0]).toEqual(
      expect.objectContaining({ type: 'realtime', service_name: expect.any(String), group: expect.any(String) }),
    );
    for (const { service_code: code, metadata } of all) {
      const definition = await at(`services/${code}.${format}`);
      expect(definition.status).toBe(200);
      const { attributes } = format === 'json' ? definition.body : definition.body.service_definition;
      const listed = format === 'json' ? attributes : (attributes.attribute ?? []);
      expect(listed.length > 0).toBe(String(metadata) === 'true');
      for (const each of listed)
        expect(['string', 'number', 'datetime', 'text', 'singlevaluelist', 'multivaluelist']).toContain(each.datatype);
    }
  }
});

test('a program with a key opens a request, and sees by its id what became of it; the service sees who asked', async () => {
  const opened = await post({
    ...lamp(),
    api_key: key,
    description: 'Lamp out <b>again</b>, ma carte 4539 1488 0343 6467',
    first_name: 'Zoé',
    phone: '+33 6 39 98 12 34',
  });
  expect([opened.status, opened.text]).toEqual([201, expect.any(String)]);
  const [{ service_request_id: id, service_notice: reference, token }] = opened.body;
  expect(token).toBeUndefined();
  expect(id).not.toContain(reference);
  const [ticket] = (await rows.tickets()).filter((one) => one.reference === reference);
  expect(ticket).toMatchObject({
    channel: 'open311',
    topic: 'report_street_light',
    state: 'new',
    contact: { kind: 'phone', value: '+33639981234' },
  });
  expect(ticket!.words).toBe('Lamp out <b>again</b>, ma carte **** **** **** 6467');

  for (const format of ['json', 'xml']) {
    const one = await at(`requests/${id}.${format}`);
    expect(one.status).toBe(200);
    const list = format === 'json' ? one.body : one.body.service_requests.request;
    expect(list).toHaveLength(1);
    expect(Object.keys(list[0]).sort()).toEqual(
      [
        'service_request_id',
        'status',
        'status_notes',
        'service_name',
        'service_code',
        'description',
        'agency_responsible',
        'service_notice',
        'requested_datetime',
        'updated_datetime',
        'expected_datetime',
        'address',
        'address_id',
        'zipcode',
        'lat',
        'long',
        'media_url',
      ].sort(),
    );
    expect(list[0]).toMatchObject({ service_request_id: id, status: 'open', service_code: 'report_street_light' });
    expect(one.text).not.toMatch(/Zo|6399|again|6467/);
    expect(one.text).not.toContain(reference);
    const token = await at(`tokens/${id}.${format}`);
    expect(token.status).toBe(200);
  }
  expect((await at('requests.json')).body.map((each: { service_request_id: string }) => each.service_request_id)).toContain(id);
  // A change at the town hall reaches nobody by a channel that is none, and shows.
  await changeTicket(
    createTickets(rows.database),
    'bellerive',
    reference,
    { state: 'resolved', comment: 'Réparé, Madame Zoé', isPublic: true },
    hall.clock.now(),
  );
  const closed = await at('requests.json', { status: 'closed' });
  expect(closed.body).toEqual([expect.objectContaining({ service_request_id: id, status: 'closed' })]);
  expect(closed.text).not.toContain('Zo');
  expect((await at('requests.json', { status: 'open' })).body).toEqual([]);
});

test('each mistake is told by its own number, in a sentence a citizen may read', async () => {
  const good = { ...lamp(), api_key: key };
  const { api_key: _, ...keyless } = good;
  const { service_code: __, ...codeless } = good;
  const { lat: ___, ...placeless } = good;
  const cases: Array<[number, RegExp, Promise<{ status: number; body: Array<{ code: number; description: string }> }>]> = [
    [403, /api_key/, post(keyless)],
    [403, /api_key/, post({ ...good, api_key: `guichet_${'x'.repeat(43)}` })],
    [403, /api_key/, post({ ...good, api_key: readingKey })],
    [403, /api_key/, post({ ...good, jurisdiction_id: 'saint-aubin' })],
    [400, /service_code was not provided/, post(codeless)],
    [404, /service_code was not found/, post({ ...good, service_code: 'question_passport' })],
    [404, /jurisdiction_id/, post({ ...good, jurisdiction_id: 'nowhere' })],
    [400, /lat and long/, post(placeless)],
    [400, /outside the town/, post({ ...good, lat: '48.85', long: '2.35' })],
    [400, /colour is no question/, post({ ...good, 'attribute[colour]': 'red' })],
    [400, /description/, post({ ...good, description: 'x'.repeat(4001) })],
    [404, /service_request_id/, at('requests/r00000000000000.json')],
    [404, /service_code/, at('services/nothing.json')],
    [400, /90 days/, at('requests.json', { start_date: '2026-01-01T00:00:00Z', end_date: '2026-11-01T00:00:00Z' })],
    [400, /start_date/, at('requests.json', { start_date: '2026-01-01' })],
    [400, /status/, at('requests.json', { status: 'lost' })],
    [400, /jurisdiction_id/, ask('v2/services.json')],
  ];
  for (const [status, description, asked] of cases) {
    const { status: given, body } = await asked;
    expect([given, body[0]!.description]).toEqual([status, expect.stringMatching(description)]);
    expect(body[0]!.code).toBe(status);
  }
  const inXml = await post({ ...keyless }, 'xml');
  expect([inXml.status, inXml.body.errors.error[0].code]).toEqual([403, '403']);
});

test('what the town does not publish is in no list and under no id, but for a key that may read', async () => {
  const hidden = await keyFor('saint-aubin', ['tickets.open']);
  const opened = await post({
    jurisdiction_id: 'saint-aubin',
    service_code: 'report_lamp',
    address_string: '1 rue Haute',
    api_key: hidden,
  });
  const first = opened.body[0] as { service_request_id?: string; description?: string };
  expect([opened.status, first.description]).toEqual([201, undefined]);
  const id = first.service_request_id;
  expect((await at(`requests/${id}.json`, { jurisdiction_id: 'saint-aubin' })).status).toBe(404);
  expect((await at('requests.json', { jurisdiction_id: 'saint-aubin' })).body).toEqual([]);
  expect((await at('requests.json', { jurisdiction_id: 'saint-aubin', service_request_id: String(id) })).body).toEqual([]);
  const reading = await keyFor('saint-aubin', ['tickets.read']);
  expect((await at(`requests/${id}.json`, { jurisdiction_id: 'saint-aubin', api_key: reading })).status).toBe(200);
  // Another town's key opens nothing here.
  expect((await at(`requests/${id}.json`, { jurisdiction_id: 'saint-aubin', api_key: readingKey })).status).toBe(404);
});
