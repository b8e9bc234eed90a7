/** The chat on a bad day: no network, no WebSocket, lost answers, a server that restarts, an expired token. Nothing is lost or doubled. */
import { freePort } from '../../tools/free-port';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { openVisitor, timesReceived } from './widget-visitor';

const door = useOpened(async () => ({ port: await freePort() }));
const { hall } = useCityHall(() => ({ env: { PORT: String(door.port) } }));
const browser = useBrowser();

test('what is typed without a connection is kept and delivered once, in order, when it is back', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.context.setOffline(true);
  await ana.chat.getByText('Pas de connexion').first().waitFor();
  await ana.says('Premier message hors ligne');
  await ana.says('Second message hors ligne');
  expect(await ana.own()).toEqual([
    expect.stringMatching(/En attente de connexion$/),
    expect.stringMatching(/En attente de connexion$/),
  ]);
  await ana.context.setOffline(false);
  await ana.log.locator('.citizen .sent').nth(1).waitFor();
  const typed = ['Premier message hors ligne', 'Second message hors ligne'];
  const received = (await ana.received(...typed)).filter(({ from }) => from.role === 'user').map(({ text }) => text);
  expect(received).toEqual(typed);
  expect(await ana.own()).toHaveLength(2);
  expect(await ana.chat.locator('.banner').isVisible()).toBe(false);
  await ana.leave();
});

test('what waits to be sent outlives a reload', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.page.route('**/v3/**', (route) => route.abort());
  await ana.context.setOffline(true);
  await ana.says('Écrit juste avant de recharger');
  await ana.context.setOffline(false);
  await ana.page.reload();
  await ana.chat.getByText('Pas de connexion').first().waitFor();
  await ana.page.unroute('**/v3/**');
  await ana.sees('Écrit juste avant de recharger');
  await ana.log.locator('.citizen .sent').waitFor();
  expect(timesReceived(await ana.received('Écrit juste avant de recharger'), 'Écrit juste avant de recharger')).toBe(1);
  expect(await ana.own()).toHaveLength(1);
  await ana.leave();
});

test('a message whose acknowledgement got lost is sent again and counts once', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  let lost = 0;
  await ana.page.route('**/activities', async (route) => {
    if (route.request().method() !== 'POST' || lost > 0) return route.continue();
    lost += 1;
    await route.fetch();
    return route.abort();
  });
  await ana.says('Reçu, mais la réponse se perd');
  await ana.log.locator('.citizen .sent').waitFor();
  await ana.isAnswered();
  await ana.page.waitForTimeout(2000);
  const received = await ana.received('Reçu, mais la réponse se perd');
  expect(lost).toBe(1);
  expect(timesReceived(received, 'Reçu, mais la réponse se perd')).toBe(1);
  expect(await ana.own()).toHaveLength(1);
  expect(await ana.log.locator('.assistant').count()).toBe(received.filter(({ from }) => from.role !== 'user').length);
  await ana.leave();
});

test('a message the server keeps failing on is marked, and sent when the citizen tries again', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  let failures = 0;
  await ana.page.route('**/activities', (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    failures += 1;
    return failures > 3 ? route.continue() : route.fulfill({ status: 502, json: { error: { code: 'BotRejectedActivity' } } });
  });
  await ana.says('Le serveur est souffrant');
  await ana.log.locator('.citizen .failed').waitFor();
  expect(await ana.own()).toEqual([expect.stringMatching(/Non envoyé\s*Réessayer$/)]);
  await ana.log.getByRole('button', { name: 'Réessayer' }).click();
  await ana.isAnswered();
  expect(timesReceived(await ana.received('Le serveur est souffrant'), 'Le serveur est souffrant')).toBe(1);
  expect(failures).toBe(4);
  await ana.leave();
});

test('a message the server refuses is marked as refused and does not hold up the next one', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.page.route('**/activities', (route) =>
    route.request().postData()?.includes('trop long')
      ? route.fulfill({ status: 400, json: { error: { code: 'MessageTooLong' } } })
      : route.continue(),
  );
  await ana.says('Un texte trop long');
  await ana.says('Un texte court');
  await ana.isAnswered();
  expect(await ana.own()).toEqual([expect.stringMatching(/Refusé/), expect.stringMatching(/Envoyé$/)]);
  await ana.leave();
});

test('where WebSockets are blocked it asks for news instead', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.page.addInitScript('delete window.WebSocket');
  await ana.page.reload();
  await ana.open();
  await ana.says('Bonjour, sans flux');
  await ana.isAnswered();
  expect(await ana.page.evaluate('typeof WebSocket')).toBe('undefined');
  await ana.leave();
});

test('after a restart of the server the conversation goes on by itself, nothing twice', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.says('Avant le redémarrage');
  await ana.isAnswered();
  await hall.restart();
  await ana.says('Après le redémarrage');
  await ana.log.locator('.citizen .sent').nth(1).waitFor();
  await ana.isAnswered();
  const received = await ana.received('Avant le redémarrage', 'Après le redémarrage');
  expect(timesReceived(received, 'Avant le redémarrage')).toBe(1);
  expect(timesReceived(received, 'Après le redémarrage')).toBe(1);
  expect(await ana.log.locator('.message').count()).toBe(received.filter(({ type }) => type === 'message').length);
  await ana.leave();
});

test('after a reload it goes on where it was, open, without taking the focus', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.says('Bonjour avant de recharger');
  await ana.isAnswered();
  const before = await ana.received();
  await ana.page.reload();
  await ana.sees('Bonjour avant de recharger');
  expect(await ana.page.evaluate('document.activeElement.localName')).toBe('body');
  expect((await ana.received()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  expect(await ana.own()).toHaveLength(1);
  await ana.leave();
});

test('an expired conversation is said to be expired, and the message goes to a new one', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const before = (await ana.received())[0]!.id;
  hall.clock.pass(2 * 60 * 60 * 1000);
  await ana.says('Me revoilà, deux heures plus tard');
  await ana.sees('La conversation précédente a expiré. En voici une nouvelle.');
  const received = await ana.received('Me revoilà, deux heures plus tard');
  expect(timesReceived(received, 'Me revoilà, deux heures plus tard')).toBe(1);
  expect(received.map(({ id }) => id)).not.toContain(before);
  await ana.leave();
});

test('while the panel is closed, what the town says is counted on the launcher', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.page.route('**/activities', async (route) => {
    if (route.request().method() === 'POST') await new Promise((resume) => setTimeout(resume, 1000));
    return route.continue();
  });
  await ana.says('Je ferme tout de suite');
  await ana.page.keyboard.press('Escape');
  await ana.launcher.getByText('nouveau').waitFor();
  expect(await ana.launcher.innerText()).toMatch(/Une question \?[\s\S]*[12]/);
  await ana.launcher.click();
  expect(await ana.chat.locator('.badge').isVisible()).toBe(false);
  await ana.leave();
});
