/**
 * Left alone: whoever wants no more messages gets none, and whoever does not want that is not taken for it; a STOP can be taken
 * back in words; who is in danger stays so. And what is said in danger that is worse, or over, or something else.
 */
import { createCitizen, plays, type Turn } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall({ at: '2026-10-13T08:12:00Z' });

async function talk(locale: string, turns: readonly Turn[]) {
  const ana = await createCitizen(hall.url, { locale });
  await plays(ana, turns);
  return ana;
}

const LEFT = /écrirons plus|will not write|no se le escribirá|kendiliğimizden yazmayacağız/;

test.each<[locale: string, ...turns: Turn[]]>([
  ['fr', ['je veux mourir', /3114/], ['laissez-moi tranquille', /START[\s\S]*3114[\s\S]*15/], ['je vais le faire', /15.*112/]],
  ['en', ['I want to die', /3114/], ['STOP', /START[\s\S]*3114[\s\S]*15/], ["I'm going to do it", /15.*112/]],
  ['fr', ['quiero morir', /3114/], ['déjenme en paz', /START[\s\S]*3114[\s\S]*15/]],
])('in "%s", who wants to be left alone in danger is told again whom to call', async (locale, ...turns) => {
  await talk(locale, turns);
});

test.each([
  ['fr', "mon ex n'arrête pas de m'envoyer des messages de menace", /17|112/],
  ['en', "he won't leave me alone, he is outside my door", /17|112/],
  ['en', "my landlord won't leave me alone", /./],
  ['fr', "ma banque n'arrête pas de m'envoyer des sms", /./],
  ['fr', 'eski kocam beni rahat bırakmıyor', /./],
  ['fr', "retirez-moi de la liste d'attente de la crèche", /commission|crèche/i],
  ['en', 'remove me from the waiting list for the nursery', /committee|nursery/i],
  ['fr', "je souhaite ne plus être destinataire de la taxe d'habitation", /./],
  ['fr', "vous m'envoyez un sms ?", /./],
  ['fr', 'stop aux prospectus dans ma boîte aux lettres', /./],
  ['en', 'flooded with junk mail, how do I stop it', /./],
  ['fr', 'faites stopper ce bruit', /nuisance sonore/],
])('in "%s", "%s" ends no messages', async (locale, words, answered) => {
  await talk(locale, [[words, answered, LEFT]]);
});

test.each([
  ['fr', 'retirez mon numéro'],
  ['fr', 'je souhaite ne plus être destinataire'],
  ['fr', 'lâchez-moi avec vos relances'],
  ['fr', 'bloquez mon numéro'],
  ['fr', 'je ne veux plus jamais entendre parler de la mairie'],
  ['en', 'leave me in peace'],
  ['en', 'get off my back with your reminders'],
  ['en', 'no more phone calls please'],
  ['en', 'take my number off your list please'],
])('in "%s", "%s" ends them at once', async (locale, words) => {
  await talk(locale, [[words, /START/]]);
});

test.each([
  ['fr', 'ne me désinscrivez pas', /continuerez/],
  ['fr', 'je veux bien continuer à recevoir vos messages', /continuerez/],
  ['en', 'please do not take me off the list', /go on receiving/],
  ['fr', 'no dejen de enviarme mensajes', /recibiéndolos/],
])('in "%s", "%s" keeps them', async (locale, words, answered) => {
  await talk(locale, [[words, answered, LEFT]]);
});

test.each([
  ['fr', 'STOP', "je change d'avis", /bon retour/],
  ['fr', 'STOP', 'finalement si, envoyez-moi les messages', /bon retour/],
  ['en', 'STOP', 'I changed my mind', /welcome back/i],
  ['en', 'STOP', 'I want them again', /welcome back/i],
  ['en', 'STOP', 'sign me back up', /welcome back/i],
  ['fr', 'STOP', 'je veux les recevoir à nouveau', /bon retour/],
  ['fr', 'STOP', 'je me réabonne', /bon retour/],
  ['fr', 'не пишите мне', 'я передумал', /возвращением/],
])('in "%s", after "%s", "%s" begins them again', async (locale, stop, back, answered) => {
  await talk(locale, [
    [stop, /START/],
    [back, answered],
  ]);
});

test('a draft that a STOP ends is said not to be sent, and goes on when it is wanted', async () => {
  const ana = await talk('fr', [
    ['un lampadaire est cassé', /Où est-ce/],
    ['5 rue Ampère', /photo/i],
    ['STOP', /START[\s\S]*pas été envoyée/],
    ['vous avez envoyé mon message ?', /pas été envoyée/],
  ]);
  expect((await rows.tickets()).filter(({ conversation }) => conversation === ana.conversation)).toHaveLength(0);
  await ana.says('oui');
  await ana.hears(/photo/i);
});

test.each([
  ['fr', 'qui êtes-vous ?', /programme.*personne/],
  ['fr', 'vous êtes une vraie personne ?', /programme.*personne/],
  ['en', 'am I talking to a real person?', /program.*person/],
  ['fr', 'wer ist das', /automatische Assistent.*Mensch/],
])('in "%s", "%s" is answered with what answers', async (locale, words, answered) => {
  await talk(locale, [[words, answered]]);
});

test.each<[locale: string, ...turns: Turn[]]>([
  ['fr', ['je veux mourir', /3114/], ["j'ai pris les cachets", /^Appelez le 15/]],
  ['fr', ['voglio morire', /3114/], ['ho preso le pillole', /^Chiami (?:ora|subito) il 15/]],
  ['fr', ['mon mari me frappe', /3919/], ['je saigne beaucoup', /15/]],
  ['fr', ['mio nonno non respira', /15/], ["c'è anche il fuoco in casa", /18/]],
  ['fr', ['mi marido me pega', /114/], ['está en la puerta', /114/]],
  ['fr', ['mon père ne respire plus', /15/], ['12 impasse des Lilas', /12 impasse des Lilas/, /rue des Lilas/]],
  ['fr', ['mon père ne respire plus', /15/], ['12 rue de la Gare', /12 rue de la Gare/, /avenue/]],
  ['fr', ['mon père ne respire plus', /15/], ['à Lyon, 3 rue des Lilas', /à Lyon, 3 rue des Lilas/]],
  ['fr', ['aiuto', /112/], ['no', /Meno male/]],
  ['fr', ['il y a le feu', /18/], ['non', /répondez non/], ['non', /Tant mieux/]],
  ['fr', ['es brennt bei meinem nachbarn', /18/], ['es war nur der grill', /Zum Glück/]],
  ['fr', ['un enfant est tombé ce matin', /15/], ["non il n'a rien", /Tant mieux/]],
  ['fr', ['il y a le feu chez le voisin', /18/], ['un lampadaire est cassé rue Ampère', /112[\s\S]*éclairage/]],
])('in "%s", what is said in danger is heard: %j', async (locale, ...turns) => {
  await talk(locale, turns);
});

test.each([
  ['mon père ne res\u200bpire plus', /^Appelez tout de suite le 15/],
  ['mon père ne res\u00adpire plus', /^Appelez tout de suite le 15/],
  ['🆘', /112/],
  ['🔥🏠 au 3 rue des Lilas', /112[\s\S]*3 rue des Lilas/],
  ['17', /112/],
  ['3114', /3114/],
])('danger is heard in "%s", whatever it is written with', async (words, answered) => {
  await talk('fr', [[words, answered]]);
});
