/**
 * A person is asked for on the page, out of hours: the form that was left is gone back to, with nothing lost; a number given
 * is not asked for again, and who is wanted is read by whoever answers.
 */
import { createCitizen, plays } from '../support/citizen';
import { REFERENCE } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

/** A Saturday. */
const { hall, rows } = usePhoneHall({ at: '2026-11-28T09:15:00Z' });

test.each(['never mind, carry on with the report', 'no just report it', "no I'll finish the report", 'cancel', 'no'])(
  'the form that was left for a person goes on where it was (%s)',
  async (words) => {
    const ana = await createCitizen(hall.url, { locale: 'en' });
    await plays(ana, [
      ['Pothole at 5 rue Danton', /photo/],
      ['can I talk to someone first?', /phone number|number or e-mail/],
      [words, /nothing is passed on to a person[\s\S]*photo/],
      ['skip', /phone number or e-mail/],
      ['skip', /5 rue Danton/],
      ['yes', REFERENCE],
    ]);
    expect(await rows.tickets(ana.conversation)).toMatchObject([{ topic: 'report_pothole', place: { text: '5 rue Danton' } }]);
  },
);

test('what was said to a person that is left goes with the form, and its number too', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['lampadaire éteint 12 rue Voltaire', /photo/],
    ["je peux parler à quelqu'un ?", /numéro/],
    ['je veux parler au maire', /elle lira ce que vous demandez/, /pas reconnu/],
    ['06 12 34 56 78', /Récapitulatif/],
    ['finalement non faites juste le signalement', /rien n'est transmis[\s\S]*photo/],
    ['passer', /Récapitulatif[\s\S]*06 12 34 56 78/],
    ['oui', REFERENCE],
  ]);
  expect(await rows.tickets(ana.conversation)).toMatchObject([
    { topic: 'report_street_light', said: ['je veux parler au maire'], contact: { value: '+33612345678' } },
  ]);
});

test('what goes to a person is said in the language that is spoken', async () => {
  const ana = await createCitizen(hall.url, { locale: 'en' });
  await plays(ana, [
    ['Pothole at 5 rue Danton', /photo/],
    ['can I talk to someone first?', /number or e-mail/],
    ['06 12 34 56 78', /Message: Pothole or damaged road: Pothole at 5 rue Danton/],
  ]);
});

test('a number given with the wish to be called is not asked for again, and a closed day is called closed', async () => {
  const ana = await createCitizen(hall.url, { locale: 'en' });
  await plays(ana, [
    ["I'd like to speak with a person", /What is it about/],
    ['about my planning permission', /number or e-mail/],
    ['call me on 06 98 76 54 32', /When should we contact you/],
    ['as soon as possible', /Contact: 06 98 76 54 32/],
    ['yes', REFERENCE],
  ]);
  expect(await rows.tickets(ana.conversation)).toMatchObject([{ contact: { value: '+33698765432' } }]);
  const ben = await createCitizen(hall.url, { locale: 'en' });
  await plays(ben, [
    ['talk to a person please, my number is 06 12 34 56 78', /What is it about/],
    ['call me back tomorrow morning', /closed that day; the nearest time is noted/],
  ]);
});

test('what is no subject is none; who would rather be written to is asked for no hour', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['je veux parler à un humain', /Quel est le sujet/],
    ['quoi', /en quelques mots/],
    ['hein ?', /en quelques mots/],
    ['mon extension de maison', /numéro/],
    ['je comprends pas', /pour vous prévenir/, /ce que je sais faire/],
    ['a@example.org', /Récapitulatif[\s\S]*mon extension de maison/],
    ['oui', REFERENCE],
  ]);
  const ben = await createCitizen(hall.url, { locale: 'en' });
  await plays(ben, [
    ['call me back please', /When should we contact you/],
    ["no I'd rather have an email", /What is it about/],
    ['my housing application', /number or e-mail/],
    ['no phone, only b@example.org', /Summary[\s\S]*b@example.org/],
    ['yes', REFERENCE],
  ]);
  expect(await rows.tickets(ben.conversation)).toMatchObject([{ contact: { value: 'b@example.org' } }]);
});

test('the time and the subject of a call are heard wherever they are said', async () => {
  const ana = await createCitizen(hall.url, { locale: 'en' });
  await plays(ana, [
    ['please ring me on Monday morning', /Noted: on Monday/],
    ["it's about my building permit", /added/],
    ['06 12 34 56 78', /Summary[\s\S]*building permit/],
    ['yes', REFERENCE],
  ]);
});
