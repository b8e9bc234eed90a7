/** Citizens who write in a language the town does not speak: told how to go on in theirs, and offered what they came for. */
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall({ at: '2026-10-13T08:12:00Z' });

const lastSaid = (citizen: Awaited<ReturnType<typeof createCitizen>>) => citizen.heard().at(-1)!;

test('a broken lamp in Spanish: the sentence in Spanish, the choice among others, then the form', async () => {
  const lucia = await createCitizen(hall.url, { locale: 'fr' });
  await lucia.says('la farola de mi calle está apagada desde el lunes');
  await lucia.hears(/Soy el asistente automático/);
  expect(lastSaid(lucia).locale).toBe('es');
  const lamp = lucia.choices().find((choice) => /lampadaire|éclairage/i.test(choice));
  expect(lamp).toBeDefined();
  expect(lucia.choices().at(-1)).toBe('Otra cosa');
  await lucia.says(lamp!);
  await lucia.hears(/éclairage|lampadaire|adresse|où/i);
});

test('a fire told of in Spanish that is nearly French is answered in Spanish, and nothing is said a third time', async () => {
  const lucia = await createCitizen(hall.url, { locale: 'fr' });
  const before = lucia.heard().length;
  for (const text of ['hay un incendio en mi edificio', '¿qué hago?', '¿qué hago?', '¿qué hago?']) {
    await lucia.says(text);
    await lucia.hears(/18/);
    expect(lastSaid(lucia).locale).toBe('es');
  }
  const said = lucia
    .heard()
    .slice(before)
    .map(({ text }) => text);
  for (const text of said) expect(said.filter((one) => one === text).length).toBeLessThanOrEqual(2);
});

test('small talk in German gets the sentence and a person, no guess', async () => {
  const jonas = await createCitizen(hall.url, { locale: 'fr' });
  await jonas.says('erzählen Sie mir bitte einen Witz über Fußball');
  await jonas.hears(/automatische Assistent/);
  expect(jonas.choices()).toEqual(['Mit einem Menschen sprechen']);
});

test('a passport in Arabic is offered, and a command is never acted on from a guess', async () => {
  const amina = await createCitizen(hall.url, { locale: 'fr' });
  await amina.says('أريد تجديد جواز السفر الخاص بي');
  await amina.hears(/المساعد الآلي/);
  expect(amina.choices().some((choice) => /passeport/i.test(choice))).toBe(true);
});

test.each([
  ['necesito que se cancele mi petición', /correo|teléfono/],
  ['ich brauche, dass mein Antrag storniert wird', /E-Mail/],
  ['ho bisogno che la mia richiesta sia annullata', /e-mail/],
  ['chcę anulować moje zgłoszenie', /e-mail/],
  ['хочу отменить свою заявку', /адрес/],
  ['我想取消我的申请', /邮箱/],
])('"%s" is left for a person, in the words as they are', async (text, asked) => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(text);
  await ana.hears(asked);
});

test.each([
  ['bana artık yazmayın', /START/],
  ['nie mam już siły żyć', /3114/],
])('"%s" is heard', async (text, told) => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(text);
  await ana.hears(told);
});
