/**
 * A working day at the desk, in a real browser against the real town hall: a citizen asks for a person in the chat, an agent
 * takes the conversation, answers and closes it; nothing typed is lost, nobody answers twice, the keyboard is enough.
 */
import { addAgent } from '../support/agent-at-desk';
import { type Citizen, createCitizen } from '../support/citizen';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { type DeskAgent, openDesk, picks, useDesk } from './desk-agent';
import { openVisitor } from './widget-visitor';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
const nadia = useDesk(browser, hall, () =>
  addAgent(rows.database, 'Nadia Benali', { email: 'nadia.benali@bellerive.example', capacity: 20 }),
);

async function waitingCitizen(subject: string): Promise<Citizen> {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says(subject);
  await ana.hears(/C'est noté/);
  return ana;
}

test(
  'from the chat to a person and back: taken, answered, closed; and what a citizen writes is text',
  async () => {
    const ana = await openVisitor(browser, hall.url);
    await ana.open();
    await ana.says('je veux parler à une personne');
    await ana.sees(/mets en relation/);
    const tag = '<img src=x onerror="document.title=\'pwned\'"> <b>mon acte</b>';
    await ana.says(tag);
    await ana.sees(/C'est noté/);

    await nadia.takes('mon acte');
    await nadia.sees(tag);
    expect(await nadia.page.locator('.log img, .log b, .list-pane img, .list-pane b').count()).toBe(0);
    await nadia.page.getByRole('tab', { name: /À moi/, selected: true }).waitFor();
    await ana.sees(/Nadia vous répond maintenant/);

    await nadia.sends('Bonjour, quel est votre nom de naissance ?');
    await ana.sees('Bonjour, quel est votre nom de naissance ?');
    await nadia.log.locator('.line.agent:not(.pending)').getByText('nom de naissance').waitFor();
    expect(await nadia.composer.inputValue()).toBe('');
    await ana.says('Martin');
    await nadia.sees('Martin');

    await nadia.page.locator('.actions').getByRole('button', { name: 'Clore' }).click();
    await nadia.page.getByRole('dialog').getByRole('button', { name: 'Répondu' }).click();
    await nadia.page.getByText('Conversation close.').waitFor();
    await until('nothing is hers any more', async () => (await nadia.count('À moi')) === 0 || null);
    expect(await nadia.page.title()).not.toBe('pwned');
    expect([...nadia.complaints, ...ana.complaints]).toEqual([]);
    await ana.leave();
  },
  LATEST_MS,
);

test(
  'who types is seen on both sides, what was read is said so, files go both ways, and an answer can be taken back',
  async () => {
    const ana = await openVisitor(browser, hall.url);
    await ana.open();
    await ana.says('je veux parler à une personne');
    await ana.sees(/mets en relation/);
    await ana.says('le plan de la cave');
    await ana.sees(/C'est noté/);
    const { page } = nadia;
    await page.getByRole('tab', { name: /File/ }).click();
    await nadia.takes('le plan de la cave');
    await ana.sees(/Nadia vous répond/);

    await nadia.composer.pressSequentially('Bonjour');
    await ana.chat.getByText('Nadia écrit…').waitFor();
    await ana.writing.pressSequentially('je cherche');
    await page.getByText('L’habitant écrit…').waitFor();
    await nadia.sends('Bonjour, voici le plan.');
    await ana.sees('voici le plan');
    await nadia.log.locator('.line.agent').last().getByText('Lu', { exact: true }).waitFor();

    // A document and what may not be sent: refused with the reason, and taken away again.
    const picker = page.locator('.composer input[type=file]');
    const pdf = Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');
    await picker.setInputFiles([
      { name: 'facade.jpg', mimeType: 'image/jpeg', buffer: await photo() },
      { name: 'note.txt', mimeType: 'text/plain', buffer: Buffer.from('du texte') },
      { name: 'reglement.pdf', mimeType: 'application/pdf', buffer: pdf },
    ]);
    await page.getByText('Refusé : seuls les photos').waitFor();
    await page.getByRole('button', { name: 'Retirer note.txt' }).click();
    await page.locator('.attached-file.ready').nth(1).waitFor();
    // The citizen writes meanwhile: nothing is lost.
    await ana.says('merci !');
    await nadia.sees('merci !');
    await page.locator('.composer').getByRole('button', { name: 'Envoyer', exact: true }).click();
    await ana.log.getByRole('link', { name: /reglement\.pdf/ }).waitFor();
    await nadia.log.getByRole('link', { name: /reglement\.pdf PDF · 1.ko/ }).waitFor();
    await nadia.log.getByRole('button', { name: 'Agrandir facade.jpg' }).click();
    const large = page.getByRole('dialog').getByRole('img', { name: 'Photo : facade.jpg' });
    await until('it is seen large', () => large.evaluate((image) => image.naturalWidth > 0));
    await page.keyboard.press('Escape');

    await page.evaluate(
      `fetch('/desk/api/me', {method: 'PATCH', headers: {'content-type': 'application/json'}, body: JSON.stringify({settings: {undoSeconds: 10}})})`,
    );
    await page.reload();
    await page.locator('.composer.reply').waitFor();
    await nadia.sends('Ce n’est pas à nous.');
    await page.getByText(/Part dans \d+ s/).waitFor();
    // However long the machine takes for a reload.
    const [{ _id: leaving } = { _id: '' }] = await rows.database.collection('leaving').find({});
    const later = hall.clock.now().getTime() + 3_600_000;
    await rows.database.collection('leaving').changeIf({ _id: leaving }, { $set: { leavesAt: later } });
    await page.reload();
    await page.getByRole('button', { name: /Annuler l’envoi/ }).click();
    await until('it is a draft again', async () => (await nadia.composer.inputValue()) === 'Ce n’est pas à nous.');
    expect(await ana.log.getByText('Ce n’est pas à nous.').count()).toBe(0);
    await nadia.composer.fill('');
    await page.evaluate(
      `fetch('/desk/api/me', {method: 'PATCH', headers: {'content-type': 'application/json'}, body: JSON.stringify({settings: {undoSeconds: 0}})})`,
    );
    await page.reload();
    await page.locator('.actions').getByRole('button', { name: 'Clore' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Répondu' }).click();
    expect([...nadia.complaints, ...ana.complaints]).toEqual([]);
    await ana.leave();
  },
  LATEST_MS,
);

test(
  'a draft survives a reload, and stays with its conversation and its kind',
  async () => {
    await Promise.all([waitingCitizen('première affaire'), waitingCitizen('seconde affaire')]);
    await nadia.page.goto(`${hall.url}/desk/`);
    await nadia.takes('première affaire');
    await nadia.composer.fill('Réponse à la première');
    await nadia.page.getByRole('radio', { name: 'Note' }).click();
    await nadia.composer.fill('Note sur la première');
    await nadia.page.getByRole('tab', { name: /File/ }).click();
    await nadia.takes('seconde affaire');
    expect(await nadia.composer.inputValue()).toBe('');
    await nadia.composer.fill('Réponse à la seconde');
    // To and fro, with nothing typed: nothing moves.
    for (const [which, kind, text] of [
      ['première', 'Note', 'Note sur la première'],
      ['seconde', 'Note', ''],
      ['première', 'Réponse', 'Réponse à la première'],
      ['seconde', 'Réponse', 'Réponse à la seconde'],
    ]) {
      await nadia.opens(which!);
      await nadia.page.getByRole('radio', { name: kind! }).click();
      await until(`${kind} of ${which}`, async () => (await nadia.composer.inputValue()) === text || null);
    }
    await nadia.page.reload();
    await nadia.log.waitFor();
    await until('the draft is there again', async () => (await nadia.composer.inputValue()) === 'Réponse à la seconde' || null);
    await nadia.page.getByRole('tab', { name: /À moi/ }).click();
    await nadia.opens('première');
    await until('the other is there too', async () => (await nadia.composer.inputValue()) === 'Réponse à la première' || null);
  },
  LATEST_MS,
);

test(
  'two agents take one conversation at once: one has it, the other is told who',
  async () => {
    await waitingCitizen('pour deux agents');
    const karim = await openDesk(
      browser,
      hall,
      await addAgent(rows.database, 'Karim Petit', { email: 'karim.petit@bellerive.example', capacity: 20 }),
    );
    await Promise.all([
      nadia.page.goto(`${hall.url}/desk/`).then(() => nadia.opens('pour deux agents')),
      karim.opens('pour deux agents'),
    ]);
    const take = (agent: DeskAgent) => agent.page.locator('.actions').getByRole('button', { name: 'Prendre' });
    await Promise.all([take(nadia).waitFor(), take(karim).waitFor()]);
    await Promise.all([nadia, karim].map((agent) => agent.page.evaluate("document.querySelector('.actions .primary').click()")));
    const outcomes = await Promise.all(
      [nadia, karim].map(({ page }) =>
        page
          .locator('.composer.reply, .toast.bad')
          .first()
          .waitFor()
          .then(() => page.locator('.composer.reply').count()),
      ),
    );
    expect(outcomes.reduce((sum, has) => sum + has, 0)).toBe(1);
    const loser = outcomes[0] ? karim : nadia;
    await loser.page
      .locator('.toast.bad')
      .getByText(/a déjà pris cette conversation/)
      .waitFor();
    await loser.page
      .locator('.talk-name')
      .getByText(/Avec (Nadia|Karim)/)
      .waitFor();
    expect(karim.complaints).toEqual([]);
    await karim.leave();
  },
  LATEST_MS,
);

test(
  'a reply that has not seen the last words waits for a second press',
  async () => {
    const ana = await waitingCitizen('une affaire qui change');
    await nadia.page.goto(`${hall.url}/desk/`);
    await nadia.takes('une affaire qui change');
    await ana.hears(/Nadia vous répond/);
    await nadia.composer.fill('Envoyez-nous votre dossier.');
    const address = nadia.page.url();
    // From here on this page hears that the line lives, and nothing else.
    let isMuted = true;
    await nadia.page.routeWebSocket(/\/desk\/api\/stream/, (socket) => {
      socket.connectToServer().onMessage((frame) => (frame === '' || !isMuted) && socket.send(frame));
    });
    await nadia.page.goto(address);
    await nadia.log.getByText('une affaire qui change').first().waitFor();
    await until('the draft is back', async () => (await nadia.composer.inputValue()) !== '' || null);
    await ana.says('Finalement, non merci.');
    const detail = `fetch('/desk/api/conversations/${address.split('/').at(-1)}').then((answer) => answer.text())`;
    await until('her words to stand at the desk', async () =>
      (await nadia.page.evaluate<string>(detail)).includes('Finalement') ? true : null,
    );
    await nadia.composer.press('Control+Enter');
    await nadia.page.getByText('L’habitant a écrit pendant votre rédaction').waitFor();
    await nadia.sees('Finalement, non merci.');
    expect(await nadia.composer.inputValue()).toBe('Envoyez-nous votre dossier.');
    await nadia.page.getByRole('button', { name: 'Envoyer quand même' }).click();
    await ana.hears(/Envoyez-nous votre dossier/);
    // What routes a WebSocket stays for the pages to come.
    isMuted = false;
    await nadia.page.unrouteAll({ behavior: 'ignoreErrors' });
  },
  LATEST_MS,
);

test(
  'several are chosen by mouse and by keyboard and taken at once; what was not done says why, row by row',
  async () => {
    const subjects = ['plusieurs un', 'plusieurs deux', 'plusieurs trois'];
    for (const subject of subjects) await waitingCitizen(subject);
    const { page, list } = nadia;
    await page.goto(`${hall.url}/desk/`);
    const row = (subject: string) => list.getByRole('option').filter({ hasText: subject });
    for (const subject of subjects) await row(subject).waitFor();
    await row('plusieurs un').click({ modifiers: ['Control'] });
    await page.keyboard.press('j');
    await page.keyboard.press('m');
    const bar = page.getByRole('region', { name: 'Agir sur les lignes choisies' });
    await bar.getByText('2 choisies').waitFor();
    await row('plusieurs trois').click();
    await bar.getByText('3 choisies').waitFor();
    expect(await list.locator('[aria-selected=true]').count()).toBe(3);
    // A colleague is faster with one of them.
    const karim = await openDesk(
      browser,
      hall,
      await addAgent(rows.database, 'Karim Vite', { email: 'karim.vite@bellerive.example', capacity: 20 }),
    );
    // Her call is held until he has it, so that her page has not heard of it when she presses.
    await page.route('**/desk/api/actions', async (route) => {
      await karim.takes('plusieurs trois');
      await route.continue();
    });
    await bar.getByRole('button', { name: 'Prendre' }).click();
    const told = page.getByRole('dialog');
    await told.getByText('2 faites.').waitFor();
    await told.getByText('Karim Vite a déjà pris cette conversation.').waitFor();
    await page.unroute('**/desk/api/actions');
    await told.getByRole('button', { name: 'Fermer' }).last().click();
    await until('two are hers', async () => ((await nadia.count('À moi')) >= 2 ? true : null));
    await page.getByRole('tab', { name: /À moi/ }).click();
    await row('plusieurs un').click({ modifiers: ['Control'] });
    await bar.getByRole('button', { name: /Tout choisir/ }).click();
    await bar.getByRole('button', { name: 'Clore' }).click();
    await told.getByRole('button', { name: 'Orienté ailleurs' }).waitFor();
    await page.keyboard.press('3');
    await told.getByText(/faites\./).waitFor();
    await told.getByRole('button', { name: 'Fermer' }).last().click();
    await until('none is hers', async () => ((await nadia.count('À moi')) === 0 ? true : null));
    expect([...nadia.complaints, ...karim.complaints]).toEqual([]);
    await karim.leave();
  },
  LATEST_MS,
);

test(
  'a filter is kept under a name and is there in another browser; put off, a conversation says until when; one key closes and goes on',
  async () => {
    await Promise.all(['dossier gris', 'dossier jaune', 'dossier mauve'].map(waitingCitizen));
    const { page } = nadia;
    await page.goto(`${hall.url}/desk/tickets`);
    await page.getByRole('radio', { name: 'Toutes' }).click();
    await picks(page, 'Service', 'Voirie');
    await page.getByRole('button', { name: 'Filtres' }).click();
    await page.getByRole('menuitem', { name: 'Gérer mes filtres' }).click();
    await page.getByRole('textbox', { name: 'Nom du filtre' }).fill('Trous');
    await page.getByRole('button', { name: 'Garder' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await picks(page, 'Service', 'Tous les services');
    const elsewhere = await openDesk(browser, hall, { email: 'nadia.benali@bellerive.example' });
    await elsewhere.page.goto(`${hall.url}/desk/tickets`);
    await elsewhere.page.getByRole('radio', { name: 'Toutes', checked: true }).waitFor();
    await elsewhere.page.getByRole('button', { name: 'Filtres' }).click();
    await elsewhere.page.getByRole('menuitem', { name: 'Trous' }).click();
    await elsewhere.page.getByRole('button', { name: /Voirie.*Service/ }).waitFor();
    await elsewhere.leave();

    await page.goto(`${hall.url}/desk/`);
    for (const subject of ['dossier gris', 'dossier jaune', 'dossier mauve']) {
      await page.getByRole('tab', { name: /File/ }).click();
      await nadia.takes(subject);
    }
    await nadia.opens('dossier gris');
    await nadia.log.getByText('dossier gris').first().waitFor();
    await page.keyboard.press('Escape');
    await nadia.opens('dossier gris');
    await page.locator('.talk-name').first().click();
    await page.keyboard.press('h');
    await page.getByRole('dialog').getByRole('button', { name: 'Demain à 9 h' }).click();
    await page.getByText(/^Remise à/).waitFor();
    await page.getByRole('tab', { name: /En pause/ }).click();
    await nadia.list.getByText(/Revient/).waitFor();
    await page.getByRole('tab', { name: /À moi/ }).click();
    await nadia.opens('dossier jaune');
    await nadia.log.getByText('dossier jaune').first().waitFor();
    await page.locator('.talk-name').first().click();
    await page.keyboard.press('d');
    await page.getByText('Conversation close.').waitFor();
    await nadia.log.getByText('dossier mauve').first().waitFor();
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'the borders of the panes are moved by keys and by pointer, and stand where they were left in another browser',
  async () => {
    await waitingCitizen('dossier large');
    const { page } = nadia;
    await page.goto(`${hall.url}/desk/`);
    await nadia.opens('dossier large');
    await nadia.log.getByText('dossier large').first().waitFor();
    const list = page.getByRole('separator', { name: 'Largeur de la liste' });
    const wide = () => page.locator('.list-pane').evaluate((pane) => pane.getBoundingClientRect().width);
    const before = await wide();
    await list.press('ArrowRight');
    await until('it is a step wider', async () => (await wide()) === before + 16);
    await list.press('ArrowRight');
    await until('it is two steps wider', async () => (await wide()) === before + 32);
    const { x = 0, y = 0 } = (await page.getByRole('separator', { name: 'Largeur de la fiche' }).boundingBox()) ?? {};
    await page.mouse.move(x + 4, y + 300);
    await page.mouse.down();
    await page.mouse.move(x - 60, y + 300, { steps: 4 });
    await page.mouse.up();
    await page.locator('[role=separator][aria-valuenow="23"]').nth(1).waitFor();
    const elsewhere = await openDesk(browser, hall, { email: 'nadia.benali@bellerive.example' });
    await elsewhere.opens('dossier large');
    await elsewhere.page.locator('[role=separator][aria-valuenow="23"]').nth(1).waitFor();
    await elsewhere.leave();
    // As the page has them.
    await list.dblclick();
    await page.getByRole('separator', { name: 'Largeur de la fiche' }).dblclick();
    await until('it is as before', async () => (await wide()) === before);
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'the keyboard is enough: find, open, take, answer, close; letters typed in a field stay letters',
  async () => {
    const ana = await waitingCitizen('tout au clavier');
    const { page } = nadia;
    await page.goto(`${hall.url}/desk/`);
    await nadia.list.getByText('tout au clavier').first().waitFor();
    const position = await nadia.list
      .getByRole('option')
      .evaluateAll((rows) => rows.findIndex((row) => row.textContent?.includes('tout au clavier')));
    for (let step = 0; step <= position; step += 1) await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await nadia.log.getByText('tout au clavier').first().waitFor();
    await page.keyboard.press('c');
    await page.locator('.composer.reply textarea:focus').waitFor();
    await ana.hears(/Nadia vous répond/);
    await page.keyboard.type('Oui, c’est possible. @ e c j ?');
    await page.keyboard.press('Control+Enter');
    await ana.hears(/c’est possible\. @ e c j \?|c'est possible\. @ e c j \?/);
    // What the town answers to that is one key away, and in the draft alone.
    await ana.says('combien coûte un passeport ?');
    await page.locator('.suggestions li').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('1');
    await until('it stands in the draft', async () => (await nadia.composer.inputValue()).includes('86 €') || null);
    expect(JSON.stringify(ana.heard())).not.toContain('86 €');
    await nadia.composer.fill('');
    await page.keyboard.press('Escape');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Raccourcis clavier' }).waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await page.getByRole('dialog', { name: /Comment se termine-t-elle/ }).waitFor();
    await page.keyboard.press('1');
    await page.getByText('Conversation close.').waitFor();
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);
