/**
 * The demo's phones, one for text messages and one for WhatsApp, each with a number kept for
 * fiction, and the town's duty phone, which hears of dangers. A visitor has the same two numbers every time, so that a conversation goes on.
 */
import { createPhone } from './phone';
import { type Language, WORDS } from './words';

interface TownOnShow {
  id: string;
  name: string;
  sms?: string;
  whatsapp?: string;
  /** The number that hears of dangers. */
  duty?: string;
  place?: { latitude: number; longitude: number };
}

/** ARCEP keeps 06 39 98 00 00 to 99 99 for fiction. */
function numberOf(channel: string): string {
  const kept = localStorage.getItem(`guichet-phone-${channel}`);
  if (kept && /^\+3363998\d{4}$/.test(kept)) return kept;
  const [random] = crypto.getRandomValues(new Uint32Array(1));
  const number = `+3363998${String(random! % 8000).padStart(4, '0')}`;
  localStorage.setItem(`guichet-phone-${channel}`, number);
  return number;
}

async function start(): Promise<void> {
  const asked = new URLSearchParams(location.search);
  const language: Language = asked.get('lang') === 'en' ? 'en' : 'fr';
  const words = WORDS[language];
  document.documentElement.lang = language;
  document.title = `${words.title} – Guichet`;
  for (const element of document.querySelectorAll<HTMLElement>('[data-say]')) {
    element.textContent = words[element.dataset.say as 'title'];
  }
  const other = document.querySelector<HTMLAnchorElement>('[data-other]')!;
  if (language === 'en') Object.assign(other, { href: '?lang=fr', textContent: 'Français', lang: 'fr', hreflang: 'fr' });

  const response = await fetch('/demo/carrier/towns');
  const { towns } = (await response.json()) as { towns: TownOnShow[] };
  const select = document.querySelector<HTMLSelectElement>('#town')!;
  select.append(...towns.map(({ id, name }) => new Option(name, id, false, id === asked.get('town'))));
  const table = document.querySelector('#phones')!;
  let phones: Array<ReturnType<typeof createPhone>> = [];

  function lay(): void {
    for (const phone of phones) phone.remove();
    const town = towns.find(({ id }) => id === select.value);
    phones = (['sms', 'whatsapp'] as const).flatMap((channel) => {
      const sender = town?.[channel];
      if (!town || !sender) return [];
      const label = channel === 'sms' ? 'SMS' : 'WhatsApp';
      const phone = { channel, label, number: numberOf(channel), town: { id: town.id, sender }, language, words };
      return [createPhone({ ...phone, place: town.place })];
    });
    if (town?.sms && town.duty && /^\+3363998\d{4}$/.test(town.duty)) {
      const duty = { channel: 'sms' as const, label: words.duty, number: town.duty, town: { id: town.id, sender: town.sms } };
      phones.push(createPhone({ ...duty, language, words, place: town.place }));
    }
    table.append(...phones.map(({ root }) => root));
  }
  select.addEventListener('change', lay);
  lay();
}

void start();
