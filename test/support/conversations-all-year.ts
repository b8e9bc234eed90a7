/**
 * What a town is asked all year and was not always ready for: snow, things lost and found, work at the town hall, dogs,
 * documents, buses, toilets, a first week in the town. Told like those of `conversations.ts`.
 */
import type { Told } from './conversations';

const SENT = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

export const CONVERSATIONS_ALL_YEAR: Told[] = [
  {
    title: 'a street is a skating rink, and who cannot go out is kept',
    channel: 'web',
    language: 'fr',
    turns: [
      ['ma rue est une patinoire personne a salé', /neige ou du verglas[\s\S]*Où est-ce/],
      ['devant le 3 route des Collines', /enneigé ou verglacé/],
      ['le trottoir et la route', /photo/],
      ['il fait -5 degrés les vieux peuvent pas sortir', /ajouté[\s\S]*photo/],
      ['non', /numéro ou un e-mail/],
      ['06.39.98.77.10', /Récapitulatif[\s\S]*Trottoir/],
      ['envoyez', SENT],
    ],
    tickets: [
      {
        topic: 'report_snow_ice',
        service: 'voirie',
        place: /^3 route des Collines$/,
        answers: { where: /Trottoir/ },
        words: /patinoire[\s\S]*-5 degrés/,
        contact: '+33639987710',
      },
    ],
  },
  {
    title: 'an empty grit bin, by text message',
    channel: 'sms',
    language: 'en',
    turns: [
      ['grit bin empty at 12 route des Collines', /Empty grit bin[\s\S]*YES/],
      ['YES', SENT],
    ],
    tickets: [{ topic: 'report_snow_ice', place: /12 route des Collines/, answers: { where: /grit bin/i } }],
  },
  {
    title: 'keys are lost, in the spelling of text messages',
    channel: 'web',
    language: 'fr',
    turns: [
      ['slt jé perdu mes clé hier', /objets trouvés[\s\S]*Décrivez/],
      ['c 1 porte clé mario rouge', /Où l'avez-vous perdu/],
      ['vers la gare', /prévenir si on le retrouve/],
      ['06 39 98 33 21', /Récapitulatif[\s\S]*gare de Bellerive/],
      ['ui', SENT],
    ],
    tickets: [
      {
        topic: 'report_lost_property',
        service: 'police-municipale',
        place: /gare de Bellerive/,
        answers: { item: /mario rouge/, when: /hier/ },
      },
    ],
  },
  {
    title: 'something found is no report, and how long it is kept',
    channel: 'web',
    language: 'en',
    turns: [
      ['I found a wallet in the street, where do I hand it in', /Lost property is at the municipal police, 4 rue Carnot/],
      ['and if nobody claims it?', /a year and a day/],
      ['what are the hours?', /Saturday|Mon/],
    ],
    tickets: [],
  },
  {
    title: 'a placement for a daughter, then work for oneself',
    channel: 'web',
    language: 'fr',
    turns: [
      ['vous prenez des stagiaires de 3eme', /emplois@bellerive\.example/],
      ["c'est pour ma fille de 14 ans", /convention du collège/],
      ['et moi je cherche un emploi à la mairie', /offres|postes à pourvoir|emplois/],
    ],
    tickets: [],
  },
  {
    title: 'where a dog may run, and where the bags are',
    channel: 'web',
    language: 'fr',
    turns: [
      ['mon chien peut courir où sans laisse', /deux parcs à chiens/],
      ['y a des sacs où', /40 distributeurs/],
    ],
    tickets: [],
  },
  {
    title: 'a dog that ran away is a report, and no rule for dogs',
    channel: 'web',
    language: 'en',
    turns: [
      ['my dog ran away this morning, a black labrador', /lost, found, injured or dead animal[\s\S]*Where is it/, /on a lead/],
      ['rue Nationale at 12', /What state|Which animal|photo/],
    ],
    tickets: [],
  },
  {
    title: 'a copy of a decision is asked for formally, and acknowledged as the law says',
    channel: 'web',
    language: 'fr',
    turns: [
      ['je veux une copie de la délibération sur la piscine', /officielle[\s\S]*Quel document/],
      ['celle du 3 novembre 2026', /nom, prénom/],
      ['Paul Martin 3 rue Haute Bellerive', /adresse e-mail/],
      ['paul point martin arobase exemple point fr', /Récapitulatif[\s\S]*paul\.martin@exemple\.fr/],
      ['oui', /Accusé de réception[\s\S]*réputée rejetée[\s\S]*CADA/],
    ],
    tickets: [
      {
        topic: 'ask_document',
        service: 'accueil',
        words: /délibération sur la piscine/,
        contact: 'paul.martin@exemple.fr',
      },
    ],
  },
  {
    title: 'a first day in the town: the bus, the toilets, and whose housing benefit is',
    channel: 'web',
    language: 'en',
    turns: [
      ['hello I just moved to Bellerive', /^Welcome|Welcome!/m],
      ['which bus goes to the hospital', /line 2/, /Santé\.fr/],
      ['where are the toilets', /place du Marché/, /Where is it\?/],
      ['how do I apply for housing benefit', /CAF/],
    ],
    tickets: [],
  },
  {
    title: 'what becomes of the words, and that they go',
    channel: 'web',
    language: 'fr',
    turns: [
      ['tu gardes mes messages ?', /assistant automatique[\s\S]*garde vos messages/],
      ['supprime tout', /donn[ée]es|effac|supprim/i, /SNCF/],
    ],
    tickets: [],
  },
];
