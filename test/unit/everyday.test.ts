/**
 * What citizens write every day, and what they must be told to it: several requests at once, follow-ups, second thoughts,
 * odd ways to ask. A short talk each, on Tuesday 13 October 2026, at a quarter past ten in the morning.
 */
import { openTalkers, type TalkerHouse } from '../support/talker';

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
}, 120_000);
afterAll(() => house.close());

type Turns = Array<[typed: string, hears: RegExp, never?: RegExp]>;

const NUMBER_OF: Record<string, string> = { fr: 'le numéro de téléphone : …', en: 'the phone number of …' };

const MET: Array<[about: string, language: string, turns: Turns]> = [
  [
    'of hours that are written day by day the day that is asked for is told, and what is so on a public holiday',
    'fr',
    [
      ['horaires de la piscine', /Lundi, mardi/],
      ['et le samedi', /^Samedi : 10 h - 18 h\./, /Mercredi/],
      ['et le 11 novembre', /jour férié[\s\S]*Fermée les jours fériés/, /Samedi/],
      ['demain ?', /^Mercredi : 10 h - 19 h/],
    ],
  ],
  [
    'of hours that are written day by day the day that is asked for is told, at once too',
    'en',
    [
      ['is the pool open on sunday?', /^Sunday: 9 am - 1 pm\./, /Wednesday/],
      ['what time does the pool open over the christmas holidays', /School holidays: 10 am - 7 pm/],
    ],
  ],
  [
    'a day that the answer leaves out is said to be left out',
    'en',
    [
      ['is there a market on sunday', /nothing on Sunday[\s\S]*Wednesday and Saturday/, /Halls/],
      ["cours d'aquagym à la piscine", /aquagym lundi et jeudi/],
    ],
  ],
  [
    'which day is asked of what was just answered, not of what stands beside it',
    'fr',
    [
      ["cours d'aquagym à la piscine", /aquagym lundi et jeudi/],
      ['quel jour', /Aquagym lundi et jeudi/, /septembre/],
    ],
  ],
  [
    'a number of people, whichever it is, and a person of whom nothing is known',
    'fr',
    [
      ['louer la salle des fêtes', /250 places/],
      ['pour 100 personnes', /Espace Gambetta : 120 places/, /mètre/],
    ],
  ],
  [
    'a person of whom the answer says nothing is told nothing else instead',
    'en',
    [
      ['how do I renew my passport', /€86/],
      ['and my wife', /nothing verified/, /collect/],
    ],
  ],
  [
    'when to pay is no diet',
    'fr',
    [
      ['cantine', /portail|famille/],
      ['quand payer', /avant le 25/, /végétarien/],
    ],
  ],
  [
    'what the answer just given mentions is not asked elsewhere',
    'fr',
    [
      ['toilettes publiques', /place du Marché/],
      ["et de l'eau", /eau potable aux mêmes endroits/, /régie/],
    ],
  ],
  [
    'two things of one service, each with an answer of its own',
    'en',
    [
      [
        "I need a birth certificate as well as my parents' marriage certificate",
        /birth certificate is free[\s\S]*marriage certificate is free/,
      ],
    ],
  ],
  [
    'letters for somebody who has died',
    'en',
    [['my father passed away in august and you keep sending him letters', /death certificate to the front desk/, /requests:/]],
  ],
  [
    'letters for somebody who has died',
    'fr',
    [['mon mari est décédé et la mairie continue de lui envoyer des lettres', /copie de l'acte de décès/]],
  ],
  ["one's own dog has died", 'fr', [["mon chien est mort qu'est-ce que je dois faire", /moins de 40 kg/]]],
  [
    'who is deaf is told how to write',
    'en',
    [["I'm deaf, how can I reach you", /114[\s\S]*text message|text message[\s\S]*114/]],
  ],
  ['junk mail', 'fr', [["j'en ai marre de la pub dans ma boîte aux lettres", /Stop pub/]]],
  ['what becomes of a photo', 'en', [['where does my photo go', /staff who handle your request/]]],
  [
    'three requests joined by a sign are all heard',
    'fr',
    [
      [
        'le lampadaire du 12 rue Victor Hugo marche plus + un nid de poule devant + les poubelles ont pas été ramassées',
        /3 demandes : 1\) Éclairage public en panne ; 2\) Trou ou chaussée abîmée ; 3\) Bac[\s\S]*12 rue Victor Hugo/,
      ],
    ],
  ],
  [
    'three requests in a list with commas are all heard',
    'fr',
    [
      [
        "je veux inscrire mon fils à la cantine, m'inscrire sur les listes électorales et signaler une fuite d'eau rue Pasteur",
        /3 demandes : 1\) Cantine[\s\S]*2\) Élections[\s\S]*3\) Fuite d'eau/,
      ],
    ],
  ],
  [
    'three requests in a list with commas are all heard',
    'en',
    [["The streetlight is out, there's a dumped mattress and the bin was not collected", /3 requests: 1\) Street light/]],
  ],
  [
    'a numbered list is answered one by one, each from its own words',
    'fr',
    [
      [
        '1) horaires de la mairie 2) prix passeport 3) jour des encombrants',
        /3 demandes[\s\S]*8 h 30[\s\S]*Pour un adulte[\s\S]*Les encombrants/,
        /0 à 14 ans/,
      ],
    ],
  ],
  [
    'commas in one request leave it one',
    'fr',
    [['le lampadaire clignote, il fait du bruit, et ça dure depuis lundi', /éclairage public/, /demandes :/]],
  ],
  [
    'what is reported beside a question about another request is not lost',
    'fr',
    [
      [
        "fuite d'eau 12 avenue Foch, et dites moi où en est ma demande M84S-Z7QS",
        /donnez le numéro[\s\S]*noté aussi : Fuite d'eau/,
      ],
    ],
  ],
  [
    'what is reported beside a question about another request has its turn after it',
    'en',
    [
      ["what's the status of M84S-Z7QS? also there's a broken lamp at 12 rue Thiers", /e-mail[\s\S]*also noted: Street light/],
      ['never mind', /Street light/],
    ],
  ],
  ['a child just born is declared', 'fr', [['bonjour ma fille vient de naître, que dois-je faire ?', /naissance/]]],
  [
    'whoever has just moved in is told what to do first',
    'en',
    [['hello, I moved in here last week', /^Welcome! In France you do not register/]],
  ],
  ['a fence is building work', 'fr', [['je voudrais poser une clôture', /déclaration préalable|clôture/]]],
  ['children are put down for school in many words', 'en', [['how can I register my two kids at the school', /enrol|school/i]]],
  ['whether the town hall is open is told of today', 'en', [['are you open', /^Today: 8\.30am/]]],
  [
    'recycling after the bins, Christmas after the recycling',
    'fr',
    [
      ["c'est quand les poubelles ?", /Ordures ménagères/],
      ['et le recyclage ?', /bac jaune mercredi/],
      ['et le verre ?', /bornes à verre/],
    ],
  ],
  [
    'the hours of the recycling centre, also on another day',
    'fr',
    [
      ["la déchèterie est ouverte aujourd'hui ?", /Déchetterie des Sablons, chemin de Ceinture[\s\S]*de 9 h à 12 h/],
      ['et demain', /de 9 h à 12 h/],
    ],
  ],
  [
    'a PACS after a wedding',
    'fr',
    [
      ['on veut se marier en juin', /Mariage/],
      ["et se pacser c'est plus simple ?", /^Le PACS est gratuit/],
    ],
  ],
  [
    'what to do, asked after an answer, is not what this assistant can do',
    'fr',
    [
      ['ma mère est décédée cette nuit', /sincèrement désolés/],
      ['que dois-je faire', /état civil vous répondra/, /ce que je sais faire/],
    ],
  ],
  [
    'a day, after how appointments are made, is no greeting',
    'fr',
    [
      ['je veux un rendez vous pour un passeport', /rendez-vous/],
      ['mardi matin', /Comme je le disais/, /Bonjour/],
    ],
  ],
  [
    'a request asked after a second time, without its reference, is looked for by its phone',
    'fr',
    [
      ['où en est mon signalement', /Quelle est la référence/],
      ['où en est ma demande', /numéro de téléphone indiqué/],
      ['vous avez fait quoi finalement', /Une personne peut la chercher/],
    ],
  ],
  [
    'a lost number',
    'en',
    [
      ['any news', /reference/],
      ['I lost the number', /phone number noted/],
    ],
  ],
  ["'spam' alone asks whether messages are to stop", 'fr', [['spam', /ne plus recevoir nos messages/]]],
  ["'spam' alone asks whether messages are to stop", 'en', [['spam', /no more messages|no longer|not to receive|stop/i]]],
  ['the number of the sender, and thanks', 'fr', [['STOP AU 36117 MERCI', /nous ne vous écrirons plus/]]],
  ['the number of the sender, and thanks', 'en', [['stop 36117 thank you', /will not write|won't write|no longer write/]]],
  ['nothing is said to lean on a number to call that was not told', 'fr', [['il est rue Victor Hugo', /./, /^Sinon/]]],
  [
    'where on the street is said with it, and not asked again',
    'fr',
    [
      ['ya une trotinette en travers du trottoir', /Où est-ce/],
      ['rue pasteur devant la pharmacie', /Quel véhicule/, /Où exactement/],
    ],
  ],
  [
    'where on the street is said with the first words',
    'en',
    [['pothole on rue Pasteur outside the chemist', /Address: rue Pasteur \(outside the chemist\)/]],
  ],
  ['a time of day is no place', 'en', [['pothole on rue Pasteur in the morning', /Where exactly, rue Pasteur/]]],
  [
    'a street whose name is two streets is asked about, not forgotten',
    'fr',
    [
      ['dépôt sauvage rue de la Gare devant le 8', /plusieurs lieux de ce nom/, /Où est-ce/],
      ['place de la Gare', /8 place de la Gare/, /Où exactement/],
    ],
  ],
  [
    'an address says where, not what the noise is',
    'en',
    [
      ['my neighbours dog barks all nite', /Where is it/],
      ['12 rue Pasteur', /On which days/],
      ['every night', /Source: Animal/, /Source: Street/],
    ],
  ],
  [
    'another number, said at the summary',
    'fr',
    [
      ['nid de poule 15 rue Pasteur', /photo/],
      ['non', /numéro ou un e-mail/],
      ['non', /Récapitulatif/],
      ["non attendez c'est le 17", /C'est corrigé : 17 rue Pasteur/],
    ],
  ],
  [
    'another report, named where a place was asked for, is no place',
    'en',
    [
      ['my bin was not collected', /Where is it/],
      ['er', /./],
      ['pothole', /also noted: Pothole/],
    ],
  ],
  [
    'where it is, said while another topic is being weighed, is kept',
    'fr',
    [
      ['y a un lampadaire qui clignote rue des Lilas', /Où exactement/],
      ["en fait c'est plutôt un arbre qui penche", /Voulez-vous remplacer/],
      ['devant le numéro 4', /C'est ajouté à votre demande/],
      ['oui', /4 rue des Lilas/],
    ],
  ],
  [
    'where it is, said while another topic is being weighed, changes nothing of the first where it was a second one',
    'fr',
    [
      ['y a un lampadaire qui clignote rue des Lilas', /Où exactement/],
      ["en fait c'est plutôt un arbre qui penche", /Voulez-vous remplacer/],
      ['devant le numéro 4', /C'est ajouté à votre demande/],
      ["non, c'est une seconde demande", /Où exactement, rue des Lilas/],
    ],
  ],
  [
    "how long something has lasted is nobody's age",
    'fr',
    [['bjr ma cni est perimé depuis 2 ans cmt faire', /pré-demande/, /enfant/]],
  ],
  [
    "how long something has lasted is nobody's age",
    'en',
    [['my passport expired 2 years ago', /Book an appointment|appointment/, /0 to 14/]],
  ],
  [
    'a narrower answer is found by the words that stand in it',
    'fr',
    [
      ['je suis bien inscrit sur les listes électorales ?', /Inscription sur les listes/],
      ['je peux voter par procuration ?', /maprocuration/, /bureaux ouvrent/],
    ],
  ],
  [
    'of an answer given again the sentence that is asked about is said',
    'fr',
    [
      ['la piscine est ouverte dimanche ?', /Dimanche : 9 h/],
      ['et pendant les vacances', /^Vacances scolaires/],
    ],
  ],
  [
    'a certificate is not the certificate of something else',
    'fr',
    [['je voudrais un acte de naissance', /L'acte de naissance est gratuit/]],
  ],
  [
    'a longer first sentence finds what it is about',
    'fr',
    [["mon pere vient de mourir a l'hopital que dois je faire à la mairie", /sincèrement désolés/]],
  ],
  [
    'what was cancelled goes on where it stood',
    'fr',
    [
      ['nid de poule 15 rue Pasteur', /photo/],
      ['annuler', /annulé/],
      ['en fait si', /Pour revenir à votre demande \(trou/],
    ],
  ],
  [
    'what was cancelled goes on where it stood',
    'en',
    [
      ['pothole at 15 rue Pasteur', /photo/],
      ['cancel', /cancelled/],
      ['actually yes, carry on', /Back to your request \(pothole/],
    ],
  ],
  [
    'a question is answered before a form begins',
    'en',
    [
      [
        'the bin outside 5 rue Ampère is overflowing and I also need to know when the library opens on Saturday',
        /1\) Library[\s\S]*Simone-Veil[\s\S]*Missed or broken bin/,
      ],
    ],
  ],
  [
    'the number of a second door is on the street of the first',
    'fr',
    [
      ['le lampadaire devant le 12 rue Pasteur ne marche plus et les poubelles du 14 débordent', /2 demandes/],
      ['ok envoyez', /Passons à[\s\S]*14 rue Pasteur|Passons à[\s\S]*rue Pasteur/, /Où est-ce \?/],
    ],
  ],
  [
    'how much it is, asked after an answer',
    'fr',
    [
      ['je voudrais louer la salle des fêtes pour un anniversaire', /salle des fêtes/],
      ['combien ça coûte', /450 €/],
    ],
  ],
  [
    'how much it is, asked after an answer',
    'en',
    [
      ['I would like a copy of my birth certificate', /birth certificate is free/],
      ['is it free', /birth certificate is free/],
    ],
  ],
  [
    'whom to ask, right after an answer, is who vouches for it',
    'en',
    [
      ['how do I apply for council housing', /CCAS/],
      ['who do I talk to about it', /For that: The social welfare office[^\n]*01 99 00 10 28/],
    ],
  ],
  [
    'whom to ask, right after an answer, is who vouches for it',
    'fr',
    [
      ['combien coûte un passeport', /86 €/],
      ["et à qui je m'adresse", /Pour cela : Le service de l'état civil[^\n]*01 99 00 10 21/],
    ],
  ],
  [
    'whom to ask about what is not the town’s is that office',
    'fr',
    [
      ["la caf ne m'a pas versé mon rsa", /CAF/],
      ['je vois ça avec qui', /CAF[\s\S]*qu'il faut joindre[\s\S]*caf\.fr/],
    ],
  ],
  ['whom to ask about a will is a question of its own', 'fr', [['qui contacter pour régler une succession', /Notaires/]]],
  [
    'what to bring, asked after an answer, is about that answer',
    'en',
    [
      ['how do I enrol my son in primary school', /Enrolment is done/],
      ['what documents do I need', /./, /here is what I can do/],
    ],
  ],
  [
    'where it is, said to an offer of one report, begins it',
    'de',
    [
      ['Guten Tag, die Straßenlaterne vor meinem Haus ist kaputt', /automatische Assistent/],
      ['Rue Pasteur 12', /12 rue Pasteur/, /Que souhaitez-vous/],
    ],
  ],
  [
    'thanks are heard in the language that is spoken',
    'ar',
    [
      ['السلام عليكم أريد تجديد جواز السفر', /./],
      ['شكرا', /عفو|الرحب|العفو/],
    ],
  ],
  [
    'thanks are heard in the language that is spoken',
    'de',
    [
      ['Guten Tag, die Straßenlaterne vor meinem Haus ist kaputt', /./],
      ['danke', /^Gern|^Bitte/],
    ],
  ],
  [
    'a Spanish sentence with a French street in it is Spanish',
    'fr',
    [['hay un bache muy grande en la calle Victor Hugo', /asistente automático/]],
  ],
  [
    'who does not understand Spanish says so in Spanish',
    'fr',
    [
      ['quiero pedir cita para el pasaporte', /asistente/],
      ['dónde está', /./, /Je ne suis pas sûr/],
    ],
  ],
  [
    'what was cancelled goes on, however it is said',
    'fr',
    [
      ['il y a une voiture qui bouge pas depuis 3 mois au 8 rue Hoche', /Quel véhicule/],
      ['annule', /annulé/],
      ['ah si finalement, continue', /Pour revenir[\s\S]*Quel véhicule/],
    ],
  ],
  [
    'what the answer already says is said again',
    'fr',
    [
      ['je veux me pacser', /PACS/],
      ['il faut prendre rdv ?', /Comme je le disais[\s\S]*rendez-vous/, /rien de vérifié/],
    ],
  ],
  [
    'a detail said where one of several places was to be chosen is kept, and which one is asked again',
    'en',
    [
      ['i found a dog near the park', /Which one/],
      ['it has a red collar', /added that to your request[\s\S]*Which one/],
    ],
  ],
  [
    'the number of a department is told to whoever asks nothing else',
    'fr',
    [
      ['cest quoi le numéro de la police municipale', /01 99 00 10 17/],
      ['ils sont ouverts le dimanche ?', /police municipale/],
    ],
  ],
  [
    'another day, after hours that stand in an answer',
    'en',
    [
      ['the recycling centre, is it open now', /Sablons/],
      ['and on sunday', /Sunday 9 am/, /composter/],
    ],
  ],
];

it.each(MET)(
  '%s (%s)',
  async (_about, language, turns) => {
    const ana = house.talker('web', language);
    for (const [typed, hears, never] of turns) {
      const { said } = await ana.says(typed);
      expect(said).toMatch(hears);
      if (never) expect(said).not.toMatch(never);
    }
  },
  180_000,
);

it.each(['fr', 'en'])(
  'every other office is found by each of its names (%s)',
  async (language) => {
    const offices = house.towns.topics('bellerive').filter(({ office }) => office);
    expect(offices.length).toBeGreaterThan(25);
    const lost: string[] = [];
    for (const { id, office } of offices) {
      const known = office!.name[language] ?? '';
      for (const name of office!.alsoCalled?.[language] ?? []) {
        const { said } = await house.talker('web', language).says(NUMBER_OF[language]!.replace('…', name));
        if (!said.includes(known)) lost.push(`${id}: ${name}`);
      }
    }
    expect(lost).toEqual([]);
  },
  180_000,
);
