/**
 * What is said in the middle of a form, as people say it: dictated, vague, two things at once, a question that nobody here
 * can answer. Told like those of `conversations.ts`.
 */
import type { Told } from './conversations';

const SENT = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

export const CONVERSATIONS_IN_FORMS: Told[] = [
  {
    title: 'an e-mail address that is dictated is read, and a question without its sign goes with the request',
    channel: 'web',
    language: 'fr',
    turns: [
      ['gros trou au 40 route de Lyon', /photo/],
      ['est-ce que la mairie rembourse les pneus', /Je ne sais pas répondre/],
      ['oui', /ajoutée[\s\S]*photo/],
      ['pas de photo', /numéro ou un e-mail/],
      ['un mail à jean point dupont arobase exemple point fr', /Contact : jean\.dupont@exemple\.fr/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'report_pothole', contact: 'jean.dupont@exemple.fr', words: /rembourse les pneus/ }],
  },
  {
    title: 'a bakery that is only named is one of several, and of two kinds of waste the first counts',
    channel: 'web',
    language: 'fr',
    turns: [
      ['il y a un dépôt sauvage', /Où est-ce/],
      ['bah là où il y a la boulangerie quoi', /Lequel/],
      ['celle du port, la boulangerie du port', /Quels déchets surtout/],
      ['des gravats et un frigo', /photo/, /Choisissez/],
      ['envoyez', SENT],
    ],
    tickets: [
      {
        topic: 'report_illegal_dumping',
        place: /boulangerie du Port/,
        answers: { waste: /Gravats/ },
        words: /gravats et un frigo/,
      },
    ],
  },
  {
    title: 'words that say nowhere are no address; words that do are taken the second time',
    channel: 'web',
    language: 'fr',
    turns: [
      ['un tag', /Où est-ce/],
      ["j'en sais fichtre rien moi", /repère/, /Adresse/],
      ['comme je disais tantôt', /repère[\s\S]*personne/],
      ['06 39 98 21 05', /ajouté/, /Adresse/],
      ['dans la rue', /./, /pas compris/],
    ],
    tickets: [],
  },
  {
    title: 'streets that do not meet are said not to',
    channel: 'web',
    language: 'en',
    turns: [
      ['traffic lights out at the corner of rue des Lilas and rue Claude Monet', /do not meet/],
      ['rue des Lilas', /Where exactly, rue des Lilas/],
    ],
    tickets: [],
  },
  {
    title: 'a street that is noisy because of a bar: the noise is the bar, and a flat is no time of day',
    channel: 'web',
    language: 'en',
    turns: [
      ['my street is noisy because of the bar', /Where is it/],
      ['20 rue Nationale', /which days/, /Where does the noise/],
      ['it is right below my flat', /added that[\s\S]*a date or how long/],
      ['every night until 2', /phone number or e-mail/],
      ['send it', SENT],
    ],
    tickets: [{ topic: 'report_noise', answers: { source: /Bar/, moment: /every night/ }, words: /below my flat/ }],
  },
  {
    title: 'near the station, asked where, is no question about trains',
    channel: 'web',
    language: 'en',
    turns: [
      ['I lost my wallet on the bus yesterday', /Describe the item/],
      ['brown leather with my driving licence in it', /By which phone number/],
      ['near the train station', /phone number/, /SNCF/],
      ['cancel', /cancelled/],
    ],
    tickets: [],
  },
  {
    title: 'a greeting is no answer to what is asked behind it, and a Saturday to come is meant',
    channel: 'web',
    language: 'fr',
    turns: [
      ["bonjour c'est encore moi, où en est ma demande", /Quelle est la référence/],
      ['au fait vous avez quoi comme horaires samedi', /^Samedi \d+ \p{L}+ : fermé/mu, /Samedi 21 novembre/],
    ],
    tickets: [],
  },
  {
    title: 'who kept no reference may give the phone at once',
    channel: 'web',
    language: 'fr',
    turns: [
      ['où en est ma demande', /référence/],
      ["je n'ai pas gardé le numéro", /numéro de téléphone indiqué/],
      ['06 39 98 21 04', /part vers lui par SMS/],
      ['où en est ma demande', /référence/],
      ['06 39 98 21 04', /part vers lui par SMS/],
    ],
    tickets: [],
  },
];
