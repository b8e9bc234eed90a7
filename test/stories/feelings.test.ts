/**
 * How somebody feels, where nothing is asked for: it is answered as people answer, with who listens or helps; what is asked
 * beside is answered as ever. Rights that are not respected, bullying, life without papers are nobody's menu of topics.
 */
import { createCitizen, plays, type Turn } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall({ at: '2026-10-13T08:12:00Z' });

const TIRED = /désolé que vous en soyez là.*3114|sorry you have come to this.*3114/s;
const ALONE = /solitude pèse|Being alone weighs/;
const UPSET = /mécontentement|not satisfied/;
const KIND = /^(Avec plaisir|You are welcome)/;
const NOBODY = /ne peux aider que|can only help/;

test.each<[locale: string, ...turns: Turn[]]>([
  ['fr', ['je n’en peux plus', TIRED]],
  ['fr', ['je craque complètement', TIRED]],
  ['en', ["I'm cracking up", TIRED]],
  ['en', ["I'm so overwhelmed", TIRED]],
  ['fr', ['je suis seule depuis que mon mari est parti, les journées sont longues', ALONE]],
  ['en', ['nobody ever visits me', ALONE]],
  ['fr', ['vous êtes tous des incapables', UPSET], ['ok pardon', /^Ce n'est rien|^Il n'y a pas de mal|aider/]],
  ['fr', ['t’es con', UPSET]],
  ['en', ["you're a bunch of wankers", UPSET, KIND]],
  ['fr', ['merci beaucoup vous êtes super', KIND]],
  ['en', ['you have been so helpful, thank you', KIND]],
  ['fr', ['tu es un homme ou une femme ?', /programme/]],
  // What is asked for is answered as ever.
  ['fr', ['réparez ce trou bande d’incapables, 12 rue Pasteur', /photo|trou/i, UPSET]],
  ['en', ["I'm fed up, the bin at 5 rue Ampère has not been emptied", /bin|collection/i, TIRED]],
  ['fr', ['j’en peux plus de la musique du voisin', /nuisance sonore|bruit/i, TIRED]],
])('in "%s", a feeling is answered as one', async (locale, ...turns) => {
  await plays(await createCitizen(hall.url, { locale }), turns);
});

test.each<[locale: string, ...turns: Turn[]]>([
  ['fr', ['on m’a refusé un appartement à cause de ma couleur de peau', /39 28/, NOBODY]],
  ['en', ["landlord refused me because I'm Arab", /39 28/, NOBODY]],
  ['fr', ['mon fils est harcelé au collège', /3018/, NOBODY]],
  ['en', ['my son is bullied at school', /3018/, NOBODY]],
  ['fr', ['je suis sans papiers et malade, j’ai peur d’aller à l’hôpital', /PASS/, NOBODY]],
  ['fr', ['notre bébé est mort-né, faut-il le déclarer ?', /acte d'enfant sans vie/]],
])('in "%s", who is wronged or mourns is told who helps', async (locale, ...turns) => {
  await plays(await createCitizen(hall.url, { locale }), turns);
});
