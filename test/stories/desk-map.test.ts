/** Requests on the map: where they are, for those who may see them, and the town drawn from its own files. */
import type { PlacedTicket, TicketPlaces, TownMap } from '../../src/desk/wire';
import { createTickets } from '../../src/store/rows/tickets';
import { type AgentAtDesk, addAgent, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

/** A Thursday, a quarter past ten. */
const { hall, rows } = useCityHall({
  at: '2026-11-26T09:15:00Z',
  env: { MAP_TILES_URL: 'https://tiles.bellerive.example/{z}/{x}/{y}.png', MAP_TILES_CREDIT: '© Bellerive' },
});

let lamps: AgentAtDesk;
let roads: AgentAtDesk;
let head: AgentAtDesk;

beforeAll(async () => {
  const [ines, paul, claire] = await Promise.all([
    addAgent(rows.database, 'Ines', { roles: [{ role: 'agent', services: ['eclairage'] }] }),
    addAgent(rows.database, 'Paul', { roles: [{ role: 'agent', services: ['voirie'] }] }),
    addAgent(rows.database, 'Claire', { roles: [{ role: 'supervisor', services: 'all' }] }),
  ]);
  [lamps, roads, head] = await Promise.all([signIn(hall.url, ines), signIn(hall.url, paul), signIn(hall.url, claire)]);
  await report('lampadaire éteint devant le 14 rue des Lilas');
  await report('gros nid-de-poule au 32 rue Victor Hugo');
});

async function report(words: string): Promise<void> {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(words);
  await ana.hears(/photo|prévenir/);
  for (let asked = 0; asked < 3; asked += 1) {
    await ana.says('passer');
    if (/Tout est juste/.test(await ana.hears())) break;
  }
  await ana.says('oui');
  await ana.hears(/référence/);
}

async function placesFor(agent: AgentAtDesk, query = ''): Promise<TicketPlaces> {
  const { status, body } = await agent.call('GET', `tickets/places${query}`);
  expect(status).toBe(200);
  return body as unknown as TicketPlaces;
}

const titles = ({ items }: TicketPlaces) => items.map(({ topic }) => topic).sort();

test('a request stands where its citizen said it is, within the town', async () => {
  const { items, total, looked } = await placesFor(head);
  expect([items.length, total, looked]).toEqual([2, 2, 2]);
  const { body } = await head.call('GET', 'map');
  const town = body as unknown as TownMap;
  const hugo = town.streets.find(({ name }) => name === 'Rue Victor Hugo')!;
  const pothole = items.find(({ topic }) => topic === 'report_pothole') as PlacedTicket;
  expect(pothole).toMatchObject({ isExact: true, address: '32 rue Victor Hugo' });
  // A door stands within some 500 metres of the middle of its street.
  expect(Math.abs(pothole.at[0] - hugo.middle[0])).toBeLessThan(0.005);
  expect(Math.abs(pothole.at[1] - hugo.middle[1])).toBeLessThan(0.007);
});

test('who serves one service sees its points and no others, and none of a service that is not theirs', async () => {
  expect(titles(await placesFor(lamps))).toEqual(['report_street_light']);
  expect(titles(await placesFor(roads))).toEqual(['report_pothole']);
  expect((await roads.call('GET', 'tickets/places?service=eclairage')).status).toBe(404);
  expect(titles(await placesFor(head, '?service=eclairage'))).toEqual(['report_street_light']);
});

test('the filters of the list are those of the map; what is over is not among what is open', async () => {
  const [lamp] = (await placesFor(lamps)).items;
  const moved = await lamps.call('POST', `tickets/${lamp!.reference}/changes`, {
    state: 'resolved',
    words: 'La lampe a été changée.',
    isPublic: true,
    revision: lamp!.revision,
  });
  expect(moved.status).toBe(200);
  expect(titles(await placesFor(lamps))).toEqual([]);
  expect((await placesFor(lamps, '?state=all')).items).toMatchObject([{ reference: lamp!.reference, isOpen: false }]);
  expect(titles(await placesFor(head, `?sector=${lamp!.sector!.id}&state=all`))).toContain('report_street_light');
  expect(titles(await placesFor(head, '?sector=nowhere'))).toEqual([]);
});

test('who few may see is no point for others', async () => {
  const [lamp] = (await placesFor(lamps, '?state=all')).items;
  const ticket = (await rows.tickets()).find(({ reference }) => reference === lamp!.reference)!;
  await createTickets(rows.database).restrict(ticket._id, hall.clock.now().getTime());
  const left = await placesFor(lamps, '?state=all');
  expect(titles(left)).toEqual([]);
  // Nor is it counted, here or in the list.
  expect([left.looked, left.total]).toEqual([0, 0]);
  expect((await lamps.call('GET', 'tickets?state=all')).body).toMatchObject({ items: [], total: 0 });
  expect(titles(await placesFor(head, '?state=all'))).toContain('report_street_light');
});

test('the town is drawn from its own files; whose pictures lie under it is what the operator said, and nobody else is let in', async () => {
  const { body } = await lamps.call('GET', 'map');
  const { boundary, streets, landmarks, sectors, tiles } = body as unknown as TownMap;
  expect(boundary.length).toBeGreaterThan(20);
  expect(sectors.map(({ name }) => name)).toContain('Les quais');
  expect(landmarks.map(({ name }) => name)).toContain('hôtel de ville');
  // A street runs along its doors, within the town.
  const north = Math.max(...boundary.map(([latitude]) => latitude));
  const south = Math.min(...boundary.map(([latitude]) => latitude));
  const bends = streets.flatMap(({ line }) => line);
  expect(bends.length).toBeGreaterThan(streets.length);
  expect(bends.filter(([latitude]) => latitude > north || latitude < south)).toEqual([]);
  expect(tiles).toEqual({ url: 'https://tiles.bellerive.example/{z}/{x}/{y}.png', credit: '© Bellerive' });
  const page = await fetch(`${hall.url}/desk/tickets`);
  const policy = page.headers.get('content-security-policy')!;
  expect(policy).toContain("img-src 'self' data: blob: https://tiles.bellerive.example;");
  expect(policy).toContain("default-src 'self';");
});

test('nobody who is not signed in sees any of it', async () => {
  for (const path of ['map', 'tickets/places']) expect((await fetch(`${hall.url}/desk/api/${path}`)).status).toBe(401);
});
