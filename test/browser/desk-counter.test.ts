/** The one-stop desk in a real browser: a call is noted with the keyboard alone, in seconds, and what it lacks is shown where it lacks it. */
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, SIZES } from '../support/browser';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { openDesk, useDesk } from './desk-agent';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
const agent = useOpened(() => addAgent(rows.database, 'Nadia Benali', { email: 'nadia.benali@bellerive.example' }));
const nadia = useDesk(browser, hall, () => agent);

test(
  'a call is noted with the keyboard alone: its reference stands large, and the next call finds it',
  async () => {
    const { page } = nadia;
    const { keyboard } = page;
    await keyboard.press('v');
    await page.locator('#contact-words:focus').waitFor();
    // The way it came is one step back from the words.
    await keyboard.press('Shift+Tab');
    await keyboard.press('ArrowRight');
    await page.getByRole('radio', { name: 'Appel', checked: true }).waitFor();
    await keyboard.press('Tab');
    await keyboard.type('Le lampadaire devant le 14 rue des Lilas est cassé');
    await page.getByText('Compris : 14 rue des Lilas').waitFor();
    expect(await page.getByRole('combobox').inputValue()).toMatch(/[ÉE]clairage/);
    await keyboard.press('Tab');
    // Past the topics that may be meant instead.
    while (!(await page.locator('#contact-reach:focus').count())) await keyboard.press('Tab');
    await keyboard.type('06 39 98 45 67');
    await keyboard.press('Tab');
    await keyboard.type('Mme Martin');
    await keyboard.press('Control+Enter');
    const receipt = page.locator('.receipt');
    await receipt.getByText('Mme Martin').waitFor();
    const reference = (await receipt.locator('.reference').textContent()) ?? '';
    expect(reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
    expect(await page.evaluate('document.activeElement.id')).toBe('receipt-title');
    expect(await accessibilityFaults(page)).toEqual([]);

    await keyboard.press('v');
    await page.locator('#contact-words:focus').waitFor();
    await page.getByRole('radio', { name: 'Appel', checked: true }).waitFor();
    await keyboard.type('Le 06 39 98 45 67 demande où en est sa demande');
    await page.locator('.beside').getByText(reference).waitFor();
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'what is missing is shown where it is missing, nothing typed is lost to a reload, and a phone has room for it',
  async () => {
    const phone = await openDesk(browser, hall, agent, SIZES.phone);
    const { page } = phone;
    await page.goto(`${hall.url}/desk/counter`);
    await page.locator('#contact-words').fill('Il y a un nid-de-poule');
    await page.getByText('Où est-ce ?').waitFor();
    await page.keyboard.press('Control+Enter');
    const place = page.getByLabel('Adresse', { exact: true });
    await page.locator('[aria-invalid]:focus').waitFor();
    await page
      .getByRole('alert')
      .getByText(/manque/)
      .waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
    await place.fill('12 rue Pasteur');
    await page.reload();
    await page.getByText('Où est-ce ?').waitFor();
    expect(await page.locator('#contact-words').inputValue()).toBe('Il y a un nid-de-poule');
    expect(await place.inputValue()).toBe('12 rue Pasteur');
    await place.press('Control+Enter');
    await page.locator('.reference').waitFor();
    expect(phone.complaints).toEqual([]);
    await phone.leave();
  },
  LATEST_MS,
);
