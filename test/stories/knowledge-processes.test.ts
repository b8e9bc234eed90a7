/** An answer that a clerk publishes at one process is what citizens are answered by at another, without a restart; so is its undoing. */
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../tools/free-port';
import { createCitizen } from '../support/citizen';
import { createDeskUser } from '../support/desk';
import { describeKilled, startReady } from '../support/killed';
import { endHalls } from '../support/processes';
import { until } from '../support/until';

describeKilled('published at one of two processes', (newPlace) => {
  afterEach(endHalls);

  test('it is said at the other, and after its undoing no more', async () => {
    const place = await newPlace();
    // Each on a machine of its own: what is published stands in the store, and each writes its own files.
    const townsOf = (name: string) => {
      const towns = join(place.env.DATA_DIR!, name);
      cpSync(join(__dirname, '../../towns'), towns, { recursive: true });
      return { TOWNS_DIR: towns };
    };
    const first = await startReady({ ...place.env, ...townsOf('towns-1') });
    const second = await startReady({ ...place.env, ...townsOf('towns-2'), PORT: String(await freePort()) });
    const heardAt = async (url: string) => {
      const ana = await createCitizen(url, { town: 'saint-aubin', locale: 'fr' });
      await ana.says('où est la déchetterie');
      return ana.hears();
    };
    const { deskPassword } = JSON.parse(readFileSync(join(place.env.DATA_DIR!, 'demo-secrets.json'), 'utf8'));
    const karim = createDeskUser(first.url);
    await karim.signIn('karim@saint-aubin.example', deskPassword);
    const topic = async () => (await karim.get('knowledge/topics/ask_bins')).body;
    const { base, answer } = await topic();
    const edit = { answer: { fr: `${answer.fr}\nRepair café : le premier samedi du mois.` } };
    expect(await heardAt(second.url)).not.toMatch(/Repair café/);
    expect((await karim.call('PUT', 'knowledge/topics/ask_bins', { base, edit })).status).toBe(200);
    for (const { url } of [first, second]) await until('it is said', async () => /Repair café/.test(await heardAt(url)), 60_000);
    expect((await karim.call('POST', 'knowledge/topics/ask_bins/undo', { base: (await topic()).base })).status).toBe(200);
    for (const { url } of [second, first])
      await until('it is said no more', async () => !/Repair café/.test(await heardAt(url)), 60_000);
    await first.stop();
    await second.stop();
    place.end();
  }, 240_000);
});
