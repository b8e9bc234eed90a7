/**
 * Conversations that begin with where somebody is and nothing else: what happens there is asked, nothing is opened before it
 * is said, and the place is not asked for again. What only looks like a place is none.
 */
import type { Told } from './conversations';

const SENT = /[0-9A-Z]{4}-[0-9A-Z]{4}/;
const ASKED = /Que souhaitez-vous signaler ou demander/;
const NOTED = /je note/;

export const PLACE_CONVERSATIONS: Told[] = [
  {
    title: 'one of several schools, then what is the matter there',
    channel: 'web',
    language: 'fr',
    turns: [
      ["je suis devant l'école", ASKED, NOTED],
      ['il y a un trou dans la chaussée', /chaussée/],
      ['12 rue Carnot', /photo/],
      ['non', /e-mail/],
      ['06 39 98 34 01', /Récapitulatif/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'report_pothole', place: /^12 rue Carnot$/, words: /trou dans la chaussée, je suis devant l'école/ }],
  },
  {
    title: 'a street alone is kept, and only its number is asked for',
    channel: 'web',
    language: 'fr',
    turns: [
      ['rue Pasteur', ASKED, NOTED],
      ['un lampadaire ne marche plus', /Où exactement, rue Pasteur/],
    ],
    tickets: [],
  },
  {
    title: 'a door alone is kept whole',
    channel: 'web',
    language: 'fr',
    turns: [
      ["j'habite au 12 rue Pasteur", /Position reçue : 12 rue Pasteur/, NOTED],
      ['un lampadaire ne marche plus', /éclairage public/, /Où exactement|Où est-ce/],
    ],
    tickets: [],
  },
  {
    title: 'a crossing, a shop on no map, a pavement',
    channel: 'web',
    language: 'fr',
    turns: [
      ["à l'angle de la rue Pasteur et de la rue Ampère", ASKED, NOTED],
      ['on est devant la boulangerie', ASKED, NOTED],
      ['sur le trottoir', ASKED, NOTED],
      ['dans ma rue', ASKED, NOTED],
    ],
    tickets: [],
  },
  {
    title: 'whoever is on the street is not asked what they report',
    channel: 'web',
    language: 'fr',
    turns: [['je suis à la rue', /115/, ASKED]],
    tickets: [],
  },
  {
    title: 'a place that is asked about is answered',
    channel: 'web',
    language: 'fr',
    turns: [
      ['piscine', /Piscine des Tanneurs/, ASKED],
      ['mairie', /Mairie de Bellerive/, ASKED],
    ],
    tickets: [],
  },
  {
    title: 'in English as well',
    channel: 'web',
    language: 'en',
    turns: [
      ["i'm outside the school", /What would you like to report or ask/, /noting/],
      ['in the car park', /What would you like to report or ask/, /noting|€/],
      ['I live at 12 rue Pasteur', /12 rue Pasteur[\s\S]*What would you like/, /noting/],
      ['the street light is out', /street light/, /Where/],
    ],
    tickets: [],
  },
  {
    title: 'three requests in one message become three requests',
    channel: 'web',
    language: 'fr',
    turns: [
      [
        'le lampadaire du 12 rue Victor Hugo marche plus + nid de poule 15 rue Pasteur + tag au 3 rue Thiers',
        /3 demandes[\s\S]*12 rue Victor Hugo[\s\S]*photo/,
      ],
      ['envoyez', /référence[\s\S]*15 rue Pasteur[\s\S]*photo/],
      ['envoyez', /référence[\s\S]*tag/],
      ['mur public', /3 rue Thiers/],
      ['envoyez', /référence/],
    ],
    tickets: [
      { topic: 'report_street_light', place: /^12 rue Victor Hugo$/ },
      { topic: 'report_pothole', place: /^15 rue Pasteur$/ },
      { topic: 'report_graffiti', place: /^3 rue Thiers$/ },
    ],
  },
  {
    title: 'where on the street is said with it, and not asked again',
    channel: 'sms',
    language: 'fr',
    turns: [
      ['il y a un arbre tombé rue des Lilas, devant la boulangerie', /rue des Lilas \(devant la boulangerie\)/, /Où exactement/],
      ['oui', /référence/],
    ],
    tickets: [{ topic: 'report_tree', place: /^rue des Lilas \(devant la boulangerie\)$/ }],
  },
];
