/** Two towns in one installation: each its own topics, streets and requests, nothing of one visible from the other. */
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall({ at: '2026-10-13T08:12:00Z' });

test('a village speaks for itself, and knows nothing of the city next door', async () => {
  const city = await createCitizen(hall.url, { town: 'bellerive', locale: 'fr' });
  const village = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  expect(JSON.stringify(city.heard())).toMatch(/Bellerive/);
  expect(JSON.stringify(village.heard())).toMatch(/Saint-Aubin/);
  expect(JSON.stringify(village.heard())).not.toMatch(/Bellerive/i);

  await city.says('lampadaire cassé devant le 14 rue des Lilas');
  await city.hears();
  await city.says('06 39 98 45 67');
  await city.hears();
  await city.says('ok envoyez');
  const reference = /\b\w{4}-\w{4}\b/.exec(await city.hears(/référence/))?.[0] ?? '';

  // The village asks with the right reference and the right proof: in the village there is no such request.
  await village.says(`où en est ${reference} ?`);
  await village.hears(/protéger/);
  await village.says('06 39 98 45 67');
  expect(await village.hears()).not.toMatch(/Lilas|reçue|lampadaire/i);

  const written = await rows.transcript(village.conversation);
  expect(new Set(written.map(({ town }) => town))).toEqual(new Set(['saint-aubin']));
  expect(JSON.stringify(written)).not.toMatch(/bellerive/i);
});

test('a token of one town opens nothing in the other, and an unknown town is nobody', async () => {
  const origin = hall.url;
  const unknown = await fetch(`${hall.url}/widget/nulle-part/token`, { method: 'POST', headers: { origin } });
  expect(unknown.status).toBe(404);
  const city = await createCitizen(hall.url, { town: 'bellerive' });
  const village = await createCitizen(hall.url, { town: 'saint-aubin' });
  const read = await fetch(`${hall.url}/v3/directline/conversations/${village.conversation}/activities`, {
    headers: { authorization: `Bearer ${city.token}` },
  });
  expect(read.status).toBe(403);
});
