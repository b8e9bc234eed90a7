/**
 * A town hall from Sunday evening to Monday's closing: a wish after hours that is first in the morning, an agent on WhatsApp,
 * words that nobody understands, an agent whose browser dies. Citizens sit at the real chat and at the demo's phones, two
 * agents at the real desk, and one clock runs for all of them.
 */
import type { Phone } from '../../src/demo/carrier/phone';
import type { Agent } from '../../src/domain/desk/agent';
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults } from '../support/browser';
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { until } from '../support/until';
import { useBrowser, usePhoneHall } from '../support/use-city-hall';
import { type DeskAgent, openDesk } from './desk-agent';
import { openVisitor } from './widget-visitor';

/** A Sunday, five past seven in the evening: everything is closed until Monday. */
const SUNDAY = '2026-11-29T18:05:00Z';
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const LATEST_MS = 180_000;

let paulRow: Agent;
let inesRow: Agent;
/** He waits by WhatsApp from Monday to Tuesday, and when he wrote last. */
let bob: Phone;
let bobWroteAt: number;
let paul: DeskAgent;
let ines: DeskAgent;

const { hall, carrier, rows } = usePhoneHall({ at: SUNDAY, isInStory: true });
const browser = useBrowser();

/** Time passes for everybody, and the pages of these agents say again that they are there. */
async function passes(ms: number, ...there: DeskAgent[]): Promise<void> {
  hall.clock.pass(ms);
  await Promise.all(
    there.map(async (agent) => {
      await agent.page.reload();
      await agent.page.getByRole('tablist').waitFor();
    }),
  );
  await until('they are seen to be there', async () => {
    const seen = await rows.database.collection('presence').find({ town: 'bellerive' });
    return seen.filter(({ until: end }) => Number(end) > hall.clock.now().getTime()).length >= there.length;
  });
}

async function closes(agent: DeskAgent, outcome: string): Promise<void> {
  await agent.page.locator('.actions').getByRole('button', { name: 'Clore' }).click();
  await agent.page.getByRole('dialog').getByRole('button', { name: outcome }).click();
  await agent.page.getByText('Conversation close.').waitFor();
}

const transcriptOf = async (agent: DeskAgent) => (await agent.log.innerText()).replaceAll(/\s+/g, ' ');

test(
  'on a Sunday evening a call back is noted for Monday, nobody is promised, and it stands first with its hour when the desk opens',
  async () => {
    const ana = await openVisitor(browser, hall.url);
    await ana.open();
    await ana.says("bonsoir, serait-il possible d'échanger avec un agent de l'état civil ?");
    await ana.sees(/rouvre demain lundi à 8.h.30/);
    expect(await ana.log.innerText()).not.toMatch(/mets en relation|vous répond maintenant/);
    await ana.says("plutôt qu'on me rappelle lundi à la première heure");
    await ana.sees(/À quel numéro/);
    await ana.says('06 39 98 12 45');
    await ana.isAnswered();
    if (await ana.log.getByText(/Quel est le sujet/).count()) await ana.says('un nom mal écrit dans le livret');
    await ana.sees(/Tout est juste/);
    await ana.says('oui envoyez');
    await ana.sees(REFERENCE);
    const reference = REFERENCE.exec(await ana.log.innerText())?.[0] ?? '';
    await ana.sees(/contacte demain lundi à 8.h.30/);
    await ana.leave();
    hall.clock.pass(13 * HOUR + 26 * MINUTE);
    paulRow = await addAgent(rows.database, 'Paul Roy', { capacity: 6 });
    inesRow = await addAgent(rows.database, 'Inès Haddad', { capacity: 6, email: 'ines@bellerive.example' });
    [paul, ines] = await Promise.all([openDesk(browser, hall, paulRow), openDesk(browser, hall, inesRow)]);
    const first = ines.list.getByRole('option').first();
    await first.getByText('livret').first().waitFor();
    await ines.opens('livret');
    await ines.page.locator('.citizen-pane').getByText(reference).first().waitFor();
    await ines.takes('livret');
    await closes(ines, 'Répondu');
    expect(ines.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'on WhatsApp an agent takes over with everything that was said before them; the bot is silent until they close, then asks how it was',
  async () => {
    await passes(2 * HOUR, paul, ines);
    const phone = carrier.phone('whatsapp:+33639984711', WHATSAPP);
    await phone.sends("je voudrais parler à quelqu'un svp, notre mariage est un casse-tête de papiers");
    const told = await phone.next(/mets en relation/);
    expect(told.text).toMatch(/attend avant vous|êtes/);
    hall.clock.pass(50 * SECOND);
    await paul.page.getByRole('tab', { name: /File/ }).click();
    await paul.takes(/casse-tête|mariage/);
    await paul.sees(/casse-tête de papiers/);
    await paul.page
      .locator('.citizen-pane')
      .getByText(/casse-tête/)
      .first()
      .waitFor();
    // Words that the bot answers at other times wake nobody now.
    await phone.sends('dites, la mairie ferme à quelle heure ?');
    await phone.sends("et l'acte de naissance de mon fiancé est à Rabat");
    await paul.sees(/est à Rabat/);
    await paul.sends('Bonjour, ici Paul : demandez une copie au consulat.');
    await phone.next(/Paul.*consulat|consulat/);
    await paul.sends('Elle doit avoir moins de six mois.');
    await phone.next(/moins de six mois/);
    await paul.sees(/moins de six mois/);
    const said = await transcriptOf(paul);
    const order = ['ferme à quelle heure', 'est à Rabat', 'copie au consulat', 'moins de six mois'].map((words) =>
      said.indexOf(words),
    );
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(order[0]).toBeGreaterThan(0);
    expect(said.slice(order[0])).not.toMatch(/Aujourd'hui|ouvert/);
    await closes(paul, 'Répondu');
    hall.clock.pass(11 * SECOND);
    await phone.next(/Avez-vous eu votre réponse/);
    await phone.sends('oui');
    await phone.next();
    await phone.sends('la mairie ferme à quelle heure ?');
    await phone.next(/lundi|Aujourd'hui/);
    expect(paul.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'who answers a text message sees while typing how many messages it is and what they cost',
  async () => {
    const phone = carrier.phone('+33639984713', SMS);
    await phone.sends("je voudrais parler à quelqu'un svp, mes clés sont restées au mariage");
    await phone.next(/mets en relation/);
    hall.clock.pass(50 * SECOND);
    await paul.page.getByRole('tab', { name: /File/ }).click();
    await paul.takes(/clés sont restées/);
    await paul.composer.fill('Bonjour, vos clés sont à l’accueil.');
    await paul.page.getByText(/^1\sSMS · 0,07\s€ · \d+ caractères$/).waitFor();
    await paul.composer.fill(`Bonjour, vos clés sont à l’accueil. ${'Elles y restent un an. '.repeat(7)}`);
    await paul.page.getByText(/^2\sSMS · 0,14\s€ · \d+ caractères$/).waitFor();
    await paul.composer.press('Control+Enter');
    await phone.next(/restent un an/);
    await closes(paul, 'Répondu');
    expect(paul.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'words that mean nothing get two questions and no third: a person, who reads them; and they are listed as not understood',
  async () => {
    await passes(MINUTE, paul, ines);
    const ana = await openVisitor(browser, hall.url);
    await ana.open();
    await ana.says("toujours pareil que l'autre fois, ça ne va pas");
    await ana.isAnswered();
    const first = await ana.log.innerText();
    await ana.says('le bidule mauve, là');
    await ana.isAnswered();
    const second = (await ana.log.innerText()).slice(first.length);
    expect(second).not.toBe('');
    await ana.says('bof');
    await ana.isAnswered();
    const answer = ana.log.locator('.message').last();
    await ana.chat.getByRole('button', { name: 'Parler à une personne' }).last().waitFor();
    expect(await answer.innerText()).not.toMatch(/Est-ce que c'est/);
    await ana.chat.getByRole('button', { name: 'Parler à une personne' }).last().click();
    await ana.sees(/mets en relation/);
    await ana.says('celui de ma rue');
    await ana.sees(/C'est noté/);
    await ines.page.getByRole('tab', { name: /File/ }).click();
    await ines.takes('celui de ma rue');
    for (const words of ["que l'autre fois", 'bidule mauve', 'bof']) await ines.sees(words);
    await closes(ines, 'Orienté ailleurs');
    const misses = await rows.database.collection('misses').find({ town: 'bellerive' });
    expect(misses.map(({ words }) => words)).toContain('bof');
    await ana.leave();
  },
  LATEST_MS,
);

test(
  'the browser of an agent dies: the citizen is told, is first again, and the next agent reads all of it; at closing time it becomes a number',
  async () => {
    await passes(MINUTE, paul, ines);
    const ana = await openVisitor(browser, hall.url);
    await ana.open();
    await ana.says("passez-moi quelqu'un de l'accueil s'il vous plaît");
    await ana.sees(/mets en relation/);
    await ana.says('mon badge de la piscine est cassé');
    await ana.sees(/C'est noté/);
    await paul.page.getByRole('tab', { name: /File/ }).click();
    await paul.takes('badge de la piscine');
    await ana.sees(/Paul vous répond maintenant/);
    await paul.sends('Je cherche votre dossier.');
    await ana.sees('Je cherche votre dossier.');
    bob = carrier.phone('whatsapp:+33639984712', WHATSAPP);
    await bob.sends("je veux parler à quelqu'un de l'accueil");
    await bob.next(/mets en relation/);
    await bob.sends('une table pour le marché');
    bobWroteAt = hall.clock.now().getTime();

    await paul.leave();
    await ana.says('vous êtes toujours là ?');
    for (let minute = 0; minute < 4; minute += 1) {
      await passes(MINUTE, ines);
      if (minute === 1) await ana.says('je patiente encore un peu');
    }
    await ana.sees(/n'est plus en ligne/);
    expect((await ana.log.innerText()).match(/n'est plus en ligne/g)).toHaveLength(1);
    await ines.page.getByRole('tab', { name: /File/ }).click();
    await ines.list.getByRole('option').first().getByText('badge de la piscine').first().waitFor();
    await ines.takes('badge de la piscine');
    await ines.sees(/patiente encore/);
    const said = await transcriptOf(ines);
    const order = ['badge de la piscine est cassé', 'Je cherche votre dossier', 'toujours là', 'patiente encore'].map((words) =>
      said.indexOf(words),
    );
    expect(order[0]).toBeGreaterThan(0);
    expect(order).toEqual([...order].sort((one, other) => one - other));
    await ines.sends('Inès à l’appareil, votre badge est prêt.');
    await ana.sees(/badge est prêt/);
    await ana.leave();

    // Nobody comes before the desk closes: bob does not wait for ever.
    hall.clock.pass(Date.parse('2026-11-30T16:31:00Z') - hall.clock.now().getTime());
    expect((await bob.next(/avant la fermeture/)).text).toMatch(REFERENCE);
    expect([...ines.complaints, ...ana.complaints]).toEqual([]);
  },
  LATEST_MS,
);

test(
  'a day after his last words on WhatsApp the composer becomes the list of approved templates; what was being written is kept until he answers',
  async () => {
    const body = 'Bonjour, la mairie a une réponse pour vous au sujet de : {{1}}. Pour la lire, répondez à ce message.';
    carrier.approve({ friendly_name: 'guichet_desk_answer_fr', language: 'fr', types: { 'twilio/text': { body } } });
    await ines.leave();
    hall.clock.pass(bobWroteAt + 22.5 * HOUR - hall.clock.now().getTime());
    ines = await openDesk(browser, hall, inesRow);
    const { page } = ines;
    await ines.takes('une table pour le marché');
    await page.getByText(/encore 1.h.*librement/).waitFor();
    await ines.composer.fill('Bonjour, votre table est réservée');
    await page.keyboard.press('Escape');
    await until('the draft is kept', async () => {
      const drafts = await rows.database.collection('drafts').find({ agent: inesRow.id });
      return drafts.some(({ text }) => String(text).includes('réservée'));
    });
    await passes(2 * HOUR, ines);
    await page.getByText(/les 24 heures sont passées/).waitFor();
    expect(await ines.composer.count()).toBe(0);
    await page.getByText(/Votre brouillon est gardé/).waitFor();
    const which = page.getByRole('button', { name: /Modèle de message/ });
    await which.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('option', { name: /Proposer un moment/, disabled: true }).waitFor();
    await page.keyboard.press('Escape');
    const subject = page.getByRole('textbox', { name: /Sujet/ });
    await subject.fill('');
    expect(await page.getByRole('button', { name: 'Envoyer le modèle' }).isDisabled()).toBe(true);
    await subject.fill('la table du marché');
    await page.getByText(/réponse pour vous au sujet de : la table du marché\./).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.keyboard.press('Enter');
    expect((await bob.next(/la table du marché/)).text).toMatch(/Pour la lire/);
    await ines.sees(/la table du marché/);
    await bob.sends('oui merci');
    await ines.sees('oui merci');
    await ines.composer.waitFor();
    expect(await ines.composer.inputValue()).toBe('Bonjour, votre table est réservée');
    await ines.composer.press('Control+Enter');
    await bob.next(/table est réservée/);
    await closes(ines, 'Répondu');
    expect(ines.complaints).toEqual([]);
  },
  LATEST_MS,
);
