/** Requests, drafts and ready replies at the desk: what a citizen sent is seen by those it concerns, moved on, and told. */
import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import { startMongo } from '../../tools/mongo-server';
import { type Citizen, createCitizen } from '../support/citizen';
import { createDeskUser, type DeskUser, signedIn } from '../support/desk';
import { openRows } from '../support/rows';
import { backs, noteSkip } from '../support/scratch';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

for (const back of backs) {
  if (back.missing) noteSkip(back.missing);
  (back.missing ? describe.skip : describe)(`on ${back.kind}`, () => {
    let nadia: DeskUser;
    let karim: DeskUser;
    let ana: Citizen;
    let reference: string;
    let joined = 0;

    const mongo =
      back.kind === 'mongo'
        ? useOpened(
            async () => (await startMongo())!,
            (server) => server.stop(),
          )
        : undefined;
    const { hall, rows } = useCityHall(() => {
      const uri = mongo?.uri.replace(/\/?(\?|$)/, '/desk$1');
      // A Thursday, a quarter past ten: every service is open.
      return { at: '2026-11-26T09:15:00Z', ...(uri ? { env: { STORE: 'mongo', MONGODB_URI: uri } } : {}) };
    });

    beforeAll(async () => {
      [nadia, karim] = await Promise.all([signedIn(hall, 'nadia'), signedIn(hall, 'karim')]);
      ana = await createCitizen(hall.url);
      await ana.says('lampadaire cassé devant le 14 rue des Lilas <b onclick="alert(1)">vite</b>');
      await ana.hears();
      await ana.says('06 39 98 45 67');
      await ana.hears();
      await ana.says('ok envoyez');
      reference = /\b\w{4}-\w{4}\b/.exec(await ana.hears(/référence/))?.[0] ?? '';
      // What is said and the request that it tells of are written beside each other.
      await rows.settled();
    });

    /** Invites somebody of some services, who chooses a password. */
    async function join(name: string, roles: unknown): Promise<DeskUser & { id: string; email: string }> {
      joined += 1;
      const email = `p${joined}@bellerive.example`;
      const invited = await karim.call('POST', 'people', { name, email, roles });
      expect(invited.status).toBe(201);
      const user = createDeskUser(hall.url);
      const code = invited.body.link.split('#')[1];
      const accepted = await user.call('POST', 'invitation/accept', { code, name, password: 'un panier de pommes' });
      expect(accepted.body).toMatchObject({ name, email });
      return Object.assign(user, { id: invited.body.person.id, email });
    }

    test('a request stands in the list and opens with what was answered; what was typed is text', async () => {
      const list = await nadia.get('tickets');
      expect(list.body.items[0]).toMatchObject({ reference, state: 'new', isOpen: true, service: { id: 'eclairage' } });
      expect(list.body.total).toBe(list.body.items.length);
      const { body, headers } = await nadia.get(`tickets/${reference.toLowerCase().replace('-', ' ')}`);
      expect(body).toMatchObject({ reference, conversation: ana.conversation, history: [{ kind: 'opened', from: 'citizen' }] });
      expect(headers.get('content-type')).toBe('application/json; charset=utf-8');
      expect(JSON.stringify(body)).toContain('<b onclick');
      expect(body.address).toMatch(/Lilas/);
    });

    test('its topic is named in the language of whoever looks, its words stay its citizen’s', async () => {
      await karim.call('PATCH', 'me', { settings: { language: 'en' } });
      const seen = (await karim.get(`tickets/${reference}`)).body;
      expect(seen).toMatchObject({ title: 'Street light fault' });
      expect(seen.answers.map(({ label }: { label: string }) => label)).toContain('Address');
      const search = `search?q=${encodeURIComponent('lampadaire casse lilas')}`;
      const [hit] = await until('the request can be searched for', async () => {
        const { items } = (await karim.get(search)).body;
        return items.length > 0 ? items : null;
      });
      expect([hit.title.split(' · ')[0], hit.id]).toEqual(['Street light fault', reference]);
      const named = (await karim.get(`search?q=${reference}`)).body.items;
      expect(named.map(({ title }: { title: string }) => title.split(' · ')[0])).toEqual(['Street light fault']);
      expect(JSON.stringify(seen)).toContain('<b onclick');
      expect((await karim.get('tickets')).body.items[0].title).toBe('Street light fault');
      const own = (await nadia.get(`tickets/${reference}`)).body;
      expect(own.title).toBe('Éclairage public en panne');
      expect(own.answers.map(({ label }: { label: string }) => label)).toContain('Adresse');
      await karim.call('PATCH', 'me', { settings: { language: 'fr' } });
    });

    test('a request lies in a sector of the town, by which the list is narrowed; whose it is there, the town says', async () => {
      const lamp = (await nadia.get('tickets')).body.items[0];
      const { sectors } = (await nadia.get('tickets')).body;
      expect(sectors).toContainEqual({ id: 'quais', name: 'Les quais' });
      expect(sectors).toContainEqual(lamp.sector);
      const bea = await createCitizen(hall.url);
      await bea.says('crottes de chien sur le trottoir devant le 4 quai de la Marne');
      await bea.hears();
      await bea.says('passer');
      await bea.hears();
      await bea.says('passer');
      await bea.hears();
      await bea.says('ok envoyez');
      // The cleaning department's, but along the river, where the gardeners have it.
      expect(await bea.hears(/référence/)).toMatch(/espaces verts/);
      await rows.settled();
      const within = async (sector: string) => {
        const { items, total } = (await karim.get(`tickets?sector=${sector}`)).body;
        return { total, of: items.map((one: { service: { id: string } }) => one.service.id) };
      };
      expect(await within('quais')).toEqual({ total: 1, of: ['espaces-verts'] });
      expect(await within(lamp.sector.id)).toEqual({ total: 1, of: ['eclairage'] });
      expect(await within('nowhere')).toEqual({ total: 0, of: [] });
    });

    test('several are moved on at once, each as it stood: who looked too long ago, or may not see it, changes nothing', async () => {
      const called = await nadia.call('POST', 'contacts', {
        actionId: randomUUID(),
        way: 'call',
        language: 'fr',
        words: 'des trous dans la rue',
        topic: 'report_pothole',
        name: '',
        reach: '',
        answers: { place: '3 rue des Lilas' },
      });
      const second = called.body.ticket.reference;
      const stands = async () =>
        (await nadia.get('tickets')).body.items.find((one: { reference: string }) => one.reference === second);
      const { revision } = await stands();
      const rows = [
        { reference: second, revision },
        { reference, revision: 999 },
        { reference: '0000-0000', revision: 0 },
      ];
      const asked = { rows, change: { state: 'assigned', words: 'Équipe du matin', isPublic: false } };
      const results = [
        { id: second, isDone: true },
        { id: reference, isDone: false, code: 'changed' },
        { id: '0000-0000', isDone: false, code: 'not-found' },
      ];
      expect((await nadia.call('POST', 'changes', asked)).body.results).toEqual(results);
      // The answer was lost on the way: the same again is answered the same, and done once.
      expect((await nadia.call('POST', 'changes', asked)).body.results).toEqual(results);
      expect((await stands()).revision).toBe(revision + 1);
      const without = { rows: [{ reference: second, revision: revision + 1 }], change: { state: 'resolved', isPublic: true } };
      expect((await nadia.call('POST', 'changes', without)).body.results).toEqual([
        { id: second, isDone: false, code: 'needs-words' },
      ]);
      const lights = await join('Éric Lampe', [{ role: 'agent', services: ['eclairage'] }]);
      expect((await lights.call('POST', 'changes', asked)).body.results[0]).toEqual({
        id: second,
        isDone: false,
        code: 'not-found',
      });
    });

    test('moved on with a word, it is told to the citizen; two who move it at once hear of each other', async () => {
      const { revision } = (await nadia.get(`tickets/${reference}`)).body;
      const change = { state: 'in-progress', words: 'Une équipe passe jeudi.', isPublic: true, revision };
      const moved = await nadia.call('POST', `tickets/${reference}/changes`, change);
      expect(moved.body.history.at(-1)).toMatchObject({
        state: 'in-progress',
        by: 'Nadia Benali',
        words: change.words,
      });
      expect(await ana.hears(/Une équipe passe jeudi/)).not.toMatch(/Nadia/);
      const late = await karim.call('POST', `tickets/${reference}/changes`, {
        state: 'resolved',
        words: 'Fait',
        isPublic: true,
        revision,
      });
      expect([late.status, late.body.error.code, late.body.error.ticket.state]).toEqual([409, 'changed', 'in-progress']);
      const note = { words: 'Voir avec le dépôt', isPublic: false, revision: moved.body.revision };
      expect((await karim.call('POST', `tickets/${reference}/changes`, note)).status).toBe(200);
      await ana.hearsNothing(rows);
      expect((await nadia.get('tickets?state=closed')).body.items).toEqual([]);
      expect((await nadia.get('tickets?state=in-progress&service=eclairage')).body.items).toHaveLength(1);
      const { items } = (await karim.get('audit')).body;
      const seen = items.map(({ what, subject }: { what: string; subject: string }) => `${what} ${subject}`);
      expect(seen).toEqual(expect.arrayContaining([`ticket.read ticket:${reference}`, `ticket.changed ticket:${reference}`]));
    });

    test('who serves another service, or another town, finds nothing; a supervisor of one service administers nobody', async () => {
      const ines = await join('Inès', [{ role: 'supervisor', services: ['etat-civil'] }]);
      const strangers = [ines, await signedIn(hall, 'karim', 'saint-aubin')];
      for (const user of strangers) {
        expect((await user.get('tickets')).body.items).toEqual([]);
        expect((await user.get(`tickets/${reference}`)).status).toBe(404);
        expect((await user.get(`tickets/${reference}/files/${'0'.repeat(32)}`)).status).toBe(404);
        const change = { state: 'resolved', words: 'x', isPublic: true, revision: 1 };
        expect((await user.call('POST', `tickets/${reference}/changes`, change)).status).toBe(404);
        const draft = { text: 'x', seenLine: 1 };
        expect((await user.call('PUT', `conversations/${ana.conversation}/drafts/reply`, draft)).status).toBe(404);
        expect((await user.get(`conversations/${ana.conversation}/drafts`)).status).toBe(404);
      }
      expect((await ines.get('tickets?service=eclairage')).status).toBe(404);
      for (const [method, path] of [
        ['GET', 'people'],
        ['GET', 'audit'],
        ['POST', `people/${ines.id}/link`],
      ] as const)
        expect((await ines.call(method, path)).status).toBe(403);
      // A reply for all services is not hers to write, one of her own is.
      const reply = { title: 'Acte', text: 'Bonjour {name}, votre acte est prêt.', language: 'fr' };
      expect((await ines.call('PUT', 'canned/acte', reply)).status).toBe(403);
      expect((await ines.call('PUT', 'canned/acte', { ...reply, service: 'eclairage' })).status).toBe(403);
      expect((await ines.call('PUT', 'canned/acte', { ...reply, service: 'etat-civil' })).status).toBe(201);
      expect((await nadia.call('PUT', 'canned/acte', reply)).status).toBe(403);
      const items: Array<{ isFromFile: boolean; id: string }> = (await nadia.get('canned')).body.items;
      expect(items.filter(({ isFromFile }) => !isFromFile)).toMatchObject([{ title: 'Acte', mayChange: false }]);
      // Beside them those of the town's own file, which nobody changes here.
      expect(items).toContainEqual(expect.objectContaining({ id: 'file:welcome:fr', mayChange: false }));
      expect((await karim.call('DELETE', 'canned/file:welcome:fr')).status).toBe(404);
    });

    test('a request is found by reference and phone typed in any way, first; by words; and only by those it concerns', async () => {
      const found = async (user: DeskUser, q: string) =>
        (await user.get(`search?q=${encodeURIComponent(q)}`)).body.items.map(({ id }: { id: string }) => id);
      const words = 'LAMPADAIRE casse lil';
      await until('the request can be searched for', async () => (await found(nadia, words)).length > 0);
      for (const typed of [reference, reference.toLowerCase().replace('-', ' '), '0639984567', '+33 6 39 98 45 67', words])
        expect([typed, await found(nadia, typed)]).toEqual([typed, [reference]]);
      const noemie = await join('Noémie', [{ role: 'agent', services: ['etat-civil'] }]);
      for (const user of [noemie, await signedIn(hall, 'karim', 'saint-aubin')])
        for (const typed of [reference, '0639984567', words]) expect(await found(user, typed)).toEqual([]);
      expect((await nadia.get('search?q[$ne]=1')).status).toBe(400);
    });

    test('a draft stays where it was begun, on any machine, until it is sent or emptied', async () => {
      // A conversation is there for agents once its citizen has asked for a person.
      await nadia.call('PATCH', 'me', { status: 'available' });
      const headers = { cookie: nadia.cookie, origin: hall.url };
      const tab = new WebSocket(`${hall.url.replace('http', 'ws')}/desk/api/stream`, { headers });
      const rows = await openRows(hall);
      await until('she is there', async () => (await rows.database.collection('presence').find({})).length > 0);
      await rows.close();
      const ben = await createCitizen(hall.url, { locale: 'fr' });
      await ben.says('je veux parler à une personne');
      await ben.hears(/mets en relation/);
      await ben.says('mon acte de naissance est faux');
      await ben.hears(/C'est noté/);
      const at = `conversations/${ben.conversation}/drafts`;
      const typed = '  Bonjour,\n<script>alert(1)</script> ';
      expect((await nadia.call('PUT', `${at}/reply`, { text: typed, seenLine: 3 })).status).toBe(204);
      expect((await nadia.call('PUT', `${at}/note`, { text: 'voir le plan', seenLine: 3 })).status).toBe(204);
      expect((await karim.get(at)).body).toEqual({});
      const elsewhere = await signedIn(hall, 'nadia');
      expect((await elsewhere.get(at)).body).toEqual({
        reply: { text: typed, seenLine: 3 },
        note: { text: 'voir le plan', seenLine: 3 },
      });
      expect((await elsewhere.get(`conversations/${ben.conversation}`)).body.drafts.reply.text).toBe(typed);
      await elsewhere.call('PUT', `${at}/reply`, { text: '', seenLine: 3 });
      expect(Object.keys((await elsewhere.get(at)).body)).toEqual(['note']);
      expect((await elsewhere.call('PUT', `${at}/other`, { text: 'x', seenLine: 3 })).status).toBe(404);
      tab.close();
    });

    test('a ready reply with a field that nobody fills is refused; two who write one hear of each other', async () => {
      const reply = { title: 'Passage', text: 'Bonjour {name}, {service} passe jeudi. {agent}', language: 'fr' };
      expect((await karim.call('PUT', 'canned/p', { ...reply, text: 'Bonjour {prénom}' })).status).toBe(400);
      expect((await karim.call('PUT', 'canned/p', reply)).status).toBe(201);
      const [one, two] = await Promise.all(
        ['jeudi', 'vendredi'].map((day) => karim.call('PUT', 'canned/p', { ...reply, text: `Passage ${day}`, version: 0 })),
      );
      expect([one!.status, two!.status].sort()).toEqual([200, 409]);
      expect((await karim.call('DELETE', 'canned/bellerive:p')).status).toBe(204);
    });

    test('whoever is disabled is out in the same moment, and their link is worth nothing', async () => {
      const paul = await join('Paul', [{ role: 'agent', services: 'all' }]);
      const link = await karim.call('POST', `people/${paul.id}/link`);
      const { version } = link.body.person;
      const gone = await karim.call('PATCH', `people/${paul.id}`, { version, isDisabled: true });
      expect(gone.body.person).toMatchObject({ isDisabled: true, status: 'away' });
      expect((await paul.get('me')).status).toBe(401);
      const code = link.body.link.split('#')[1];
      expect((await createDeskUser(hall.url).call('POST', 'invitation', { code })).status).toBe(404);
      expect((await createDeskUser(hall.url).signIn(paul.email, 'un panier de pommes')).status).toBe(401);
      const again = await karim.call('PATCH', `people/${paul.id}`, { version, isDisabled: false });
      expect([again.status, again.body.error.code]).toEqual([409, 'changed']);
    });

    test('roles are given within the town, a change of them signs out, and a town keeps an admin', async () => {
      const lea = await join('Léa', [{ role: 'agent', services: ['eclairage'] }]);
      const { items } = (await karim.get('people')).body;
      const of = (name: string) => items.find((one: { name: string }) => one.name === name);
      const unknown = { version: of('Léa').version, roles: [{ role: 'admin', services: ['saint-aubin'] }] };
      expect((await karim.call('PATCH', `people/${lea.id}`, unknown)).status).toBe(400);
      const roles = [{ role: 'supervisor', services: ['eclairage'] }];
      expect((await karim.call('PATCH', `people/${lea.id}`, { version: of('Léa').version, roles })).status).toBe(200);
      expect((await lea.get('me')).status).toBe(401);
      const last = { version: of('Karim Lefèvre').version, isDisabled: true };
      expect((await karim.call('PATCH', `people/${of('Karim Lefèvre').id}`, last)).body.error.code).toBe('last-admin');
      const elsewhere = await signedIn(hall, 'karim', 'saint-aubin');
      expect((await elsewhere.call('PATCH', `people/${lea.id}`, { version: 0, isDisabled: true })).status).toBe(404);
      expect(JSON.stringify(items)).not.toMatch(/argon2|hash/);
    });

    test('a name that is a formula does nothing in the file of the audit log', async () => {
      await join('=HYPERLINK("http://evil.example")', [{ role: 'agent', services: ['eclairage'] }]);
      const file = await karim.get('audit.csv');
      expect(file.text).toContain(`'=HYPERLINK`);
      expect(file.text).not.toMatch(/(^|;)"?[=+@-]/m);
    });
  });
}
