/**
 * What the repository invites a visitor to type is typed, in the real widget: the README's tour step by step, every text
 * that a link of the demo pages puts in the writing box, every such text in the docs.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sentenceOf } from '../../src/domain/language/sentences';
import { openTowns, type Towns } from '../../src/towns';
import { photo } from '../support/pictures';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor, type Visitor } from './widget-visitor';

const ROOT = join(__dirname, '../..');
const LANGUAGES = ['fr', 'en'] as const;
type Language = (typeof LANGUAGES)[number];
const PAGES: Record<Language, string> = { fr: '/', en: '/?lang=en' };
const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;
const LIMIT = 120_000;

const { hall } = useCityHall();
const browser = useBrowser();
let towns: Towns;

beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
});

/** What is said to whoever was not understood, as far as its first field. */
const AT_A_LOSS = [
  'not-understood',
  'choose.did-you-mean',
  'choose.first',
  'choose.second',
  'person.offer',
  'small-talk',
  'cancel.nothing',
];

function isAtALoss(said: string, language: Language): boolean {
  return AT_A_LOSS.some((id) => {
    const text = towns.locale(language)?.sentences[id];
    return text !== undefined && said.includes(sentenceOf(towns, 'bellerive', language, id).split('{')[0]!.trim());
  });
}

/** The steps of the README's tour: what is typed in each language, in the order of its rows. */
function tour(language: Language): string[] {
  const column = language === 'fr' ? 2 : 3;
  const rows = readFileSync(join(ROOT, 'README.md'), 'utf8').split('\n');
  const first = rows.findIndex((row) => /^\| \*\*a report\*\*/.test(row));
  const table = rows.slice(
    first,
    rows.findIndex((row, at) => at > first && !row.startsWith('|')),
  );
  return table.flatMap((row) => {
    const typed = [...(row.split('|')[column] ?? '').matchAll(/`([^`]+)`/g)].map(([, text]) => text ?? '');
    return typed.length > 0 ? typed : ['photo'];
  });
}

/** What should happen, step by step, in both languages. */
const HAPPENS: Array<[fr: RegExp, en: RegExp]> = [
  [/Où exactement, rue Victor Hugo/, /Where exactly, rue Victor Hugo/],
  [/32 rue Victor Hugo[\s\S]*photo/, /32 rue Victor Hugo[\s\S]*photo/],
  [/Photo bien reçue[\s\S]*numéro ou un e-mail/, /Photo received[\s\S]*number or e-mail/],
  [/Récapitulatif[\s\S]*Tout est juste/, /Summary[\s\S]*Is everything right/],
  [REFERENCE, REFERENCE],
  [/reçue, pas encore prise en charge/, /received, not yet taken in hand/],
  [/86 €[\s\S]*Vérifié[\s\S]*Source/, /€86[\s\S]*Verified[\s\S]*Source/],
  [/17 €/, /€17/],
  [/arbre[\s\S]*Où est-ce/, /tree[\s\S]*Where is it/],
  [/\d[\s\S]*Pour revenir à votre demande[\s\S]*Où est-ce/, /\d[\s\S]*Back to your request[\s\S]*Where is it/],
  [/rien n'a été envoyé/, /nothing was sent/],
  [/travaux et circulation[\s\S]*arrêter/, /roadworks and traffic[\s\S]*end this/],
  [/Sortez[\s\S]*112/, /Get out[\s\S]*112/],
  [/Bien reçu, merci/, /thank you for calling/],
  [/accueil de la mairie[\s\S]*sujet/i, /front desk[\s\S]*about/i],
  [/rien n'a été envoyé/, /nothing was sent/],
  [/abandonné[\s\S]*Où est-ce/, /abandoned[\s\S]*Where is it/],
  [/in English[\s\S]*Where is it/, /en français[\s\S]*Où est-ce/],
];

/** Does something, and reads what the town says to it. */
async function play(ana: Visitor, act: () => Promise<void>): Promise<string> {
  const towns = ana.log.locator('.message:not(.citizen)');
  const before = await towns.count();
  await act();
  await towns.nth(before).waitFor();
  await ana.isAnswered();
  const said = async () => (await towns.allInnerTexts()).slice(before).join('\n');
  // A turn's messages come together or one after the other: all of them are read.
  let heard = '';
  for (let more = await said(); more !== heard; more = await said()) {
    heard = more;
    await ana.page.waitForTimeout(120);
  }
  return heard;
}

test.each(LANGUAGES)(
  'the tour of the README happens as it says: %s',
  async (language) => {
    const steps = tour(language);
    expect(steps).toHaveLength(HAPPENS.length);
    const ana = await openVisitor(browser, `${hall.url}${PAGES[language]}`);
    await ana.open();
    const bytes = await photo();
    for (const [at, typed] of steps.entries()) {
      const heard = await play(ana, async () => {
        if (typed !== 'photo') return ana.says(typed);
        const chosen = ana.page.waitForEvent('filechooser');
        await ana.chat
          .getByRole('button', { name: language === 'fr' ? /Joindre une photo/ : /photo/i })
          .first()
          .click();
        await (await chosen).setFiles({ name: 'hole.jpg', mimeType: 'image/jpeg', buffer: bytes });
        await ana.chat.locator('.preview canvas').waitFor();
        await ana.writing.press('Enter');
      });
      expect({ typed, heard }).toEqual({ typed, heard: expect.stringMatching(HAPPENS[at]![language === 'fr' ? 0 : 1]) });
    }
    await ana.leave();
  },
  LIMIT,
);

test.each(LANGUAGES)(
  'every text that a link of the demo page puts in the writing box opens something: %s',
  async (language) => {
    const ana = await openVisitor(browser, `${hall.url}${PAGES[language]}`);
    await ana.open();
    const links = ana.page.locator('[data-guichet-open]:not([data-guichet-open=""])');
    const texts = await links.evaluateAll((all) => all.map((one) => one.getAttribute('data-guichet-open') ?? ''));
    expect(texts.length).toBeGreaterThan(10);
    for (const [at, text] of texts.entries()) {
      await links.nth(at).dispatchEvent('click');
      expect(await ana.writing.inputValue()).toBe(text);
      const heard = await play(ana, () => ana.writing.press('Enter'));
      expect({ text, heard, isAtALoss: isAtALoss(heard, language) }).toMatchObject({ text, isAtALoss: false });
      await play(ana, () => ana.says(language === 'fr' ? 'annuler' : 'cancel'));
    }
    await ana.leave();
  },
  LIMIT,
);

test(
  'every text that the docs put in the writing box opens something',
  async () => {
    const files = ['README.md', 'web/widget/README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)];
    const texts = files
      .filter((file) => file.endsWith('.md'))
      .flatMap((file) =>
        [...readFileSync(join(ROOT, file), 'utf8').matchAll(/data-guichet-open="([^"]+)"/g)].map(([, text]) => text ?? ''),
      );
    expect(texts.length).toBeGreaterThan(0);
    const ana = await openVisitor(browser, hall.url);
    await ana.open();
    for (const text of texts) {
      const heard = await play(ana, () => ana.says(text));
      expect({ text, heard, isAtALoss: isAtALoss(heard, 'fr') }).toMatchObject({ text, isAtALoss: false });
    }
    await ana.leave();
  },
  LIMIT,
);
