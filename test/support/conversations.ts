/**
 * Thirty conversations as people have them: typing errors, both languages in one sentence, digressions, second thoughts,
 * anger, mistakes, on the web and by phone. Each says what must be heard, and what must stand on the request.
 */
export interface Told {
  title: string;
  channel: 'web' | 'sms' | 'whatsapp';
  language: 'fr' | 'en';
  /** What is typed, what must be heard to it, and what must not; `photo` sends one. */
  turns: Array<[typed: string, hears: RegExp, never?: RegExp]>;
  /** The requests it comes to, oldest first. */
  tickets: Array<{
    topic: string;
    service?: string;
    place?: RegExp;
    /** All of the citizen's words on it, in order: the first, then those said since. */
    words?: RegExp;
    /** By field, as a person reads them. */
    answers?: Record<string, RegExp>;
    contact?: string;
    photos?: number;
  }>;
}

const SENT = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

export const CONVERSATIONS: Told[] = [
  {
    title: 'details said at other questions stand on the request, in order',
    channel: 'web',
    language: 'fr',
    turns: [
      ['bonjour le lampadaire clignote rue Ampère depuis hier', /Où exactement, rue Ampère/],
      ['devant le 5, au coin de la boulangerie', /5 rue Ampère[\s\S]*photo/],
      ['il fait un bruit bizarre aussi', /ajouté[\s\S]*photo/],
      ['non', /numéro ou un e-mail/],
      ['3e étage chez moi on est éblouis', /ajouté[\s\S]*e-mail/],
      ['06 39 98 12 01', /Récapitulatif[\s\S]*boulangerie[\s\S]*bruit bizarre[\s\S]*3e étage/],
      ['oui', SENT],
    ],
    tickets: [
      {
        topic: 'report_street_light',
        place: /^5 rue Ampère$/,
        words: /clignote rue Ampère[\s\S]*coin de la boulangerie[\s\S]*bruit bizarre[\s\S]*3e étage/,
        contact: '+33639981201',
      },
    ],
  },
  {
    title: 'anger in the middle of a form becomes a message for a person, with everything that was told',
    channel: 'web',
    language: 'fr',
    turns: [
      ['ya encore un tas de gravats rue Pasteur!!!', /Où exactement/],
      ['devant le 12', /photo/],
      ['non mais jen ai marre jveux un vrai humain', /À quel numéro/],
      ['0639981202', /Récapitulatif[\s\S]*gravats/],
      ['oui', SENT],
    ],
    tickets: [
      {
        topic: 'talk_to_human',
        service: 'proprete',
        place: /12 rue Pasteur/,
        words: /gravats rue Pasteur[\s\S]*devant le 12/,
        answers: { subject: /gravats/ },
        contact: '+33639981202',
      },
    ],
  },
  {
    title: 'the wrong kind of report is changed, and its answers go along',
    channel: 'web',
    language: 'fr',
    turns: [
      ['une voiture abandonnée au 14 rue Pasteur', /Quel véhicule/],
      ['en fait c’est un camion mal garé', /remplacer[\s\S]*Stationnement gênant/],
      ['oui', /Où le véhicule est-il garé/],
      ['sur le trottoir', /Quel véhicule/],
      ['un renault master blanc', /photo/],
      ['pas de photo', /e-mail/],
      ['pas de contact', /Récapitulatif[\s\S]*14 rue Pasteur/],
      ['ok envoyez', SENT],
    ],
    tickets: [
      {
        topic: 'report_illegal_parking',
        place: /14 rue Pasteur/,
        words: /voiture abandonnée[\s\S]*camion mal garé/,
        answers: { place: /14 rue Pasteur/ },
      },
    ],
  },
  {
    title: 'a second request in the middle of a form is not a change, when that is said',
    channel: 'web',
    language: 'fr',
    turns: [
      ['nid de poule au 3 rue Thiers', /photo/],
      ['en fait il y a aussi un tag sur le mur', /remplacer/],
      ['non', /noté aussi[\s\S]*photo/],
      ['ok envoyez', SENT],
      ['annuler', /annulé/],
    ],
    tickets: [{ topic: 'report_pothole', place: /3 rue Thiers/ }],
  },
  {
    title: 'a refusal of contact is a refusal, whenever it comes',
    channel: 'web',
    language: 'en',
    turns: [
      ['theres an abandoned car at 14 rue Pasteur', /Which vehicle/],
      ['no contact', /Which vehicle/],
      ['grey Clio, flat tyres', /since when/i],
      ['2 months', /photo/],
      ['no', /Summary/],
      ['yes', SENT],
    ],
    tickets: [{ topic: 'report_abandoned_vehicle', answers: { description: /grey Clio/ } }],
  },
  {
    title: 'what the first words already say is not asked again',
    channel: 'web',
    language: 'fr',
    turns: [
      ['ya pu deau au 5 rue Ampère', /Plus d'eau[\s\S]*photo/],
      ['non', /e-mail/],
      ['non', /Récapitulatif/],
      ['c bon', SENT],
    ],
    tickets: [{ topic: 'report_water_leak', answers: { water: /Plus d'eau/ }, words: /pu deau/ }],
  },
  {
    title: 'choices come back after a question asked in between, and two replies in vain lead to a person',
    channel: 'web',
    language: 'fr',
    turns: [
      ['un problème d’eau au 3 rue Thiers', /Que constatez-vous/],
      [
        'et la mairie ferme à quelle heure ?',
        /Aujourd'hui : [\s\S]*C'est (?:ouvert|fermé)[\s\S]*Pour revenir[\s\S]*Que constatez-vous/,
      ],
      ['bof', /Choisissez/],
      ['pff', /parler à une personne/i],
      ['oui', /À quel numéro/],
      ['0639981207', /Récapitulatif/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'talk_to_human', service: 'eau', place: /3 rue Thiers/, words: /problème d’eau/ }],
  },
  {
    title: 'none of the choices is a choice, and so is not knowing',
    channel: 'sms',
    language: 'fr',
    turns: [
      ['bjr un arbre au 3 rue Thiers', /Quel est le problème/],
      ['je sais pas', /OUI pour envoyer/],
      ['OUI', SENT],
    ],
    tickets: [{ topic: 'report_tree', place: /3 rue Thiers/, answers: { state: /je ne sais pas/i } }],
  },
  {
    title: 'a text message is long on words and the request keeps them',
    channel: 'sms',
    language: 'fr',
    turns: [
      ['slt poubel jaune pa ramassé 6 rue ampere', /OUI pour envoyer/],
      ['elle est devant le portail bleu', /OUI pour envoyer/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'report_missed_collection', place: /6 rue Ampère/, words: /poubel jaune[\s\S]*portail bleu/ }],
  },
  {
    title: 'a correction of the house number keeps the former one',
    channel: 'whatsapp',
    language: 'fr',
    turns: [
      ['gros trou au 32 rue Victor Hugo', /OUI pour envoyer/],
      ['pardon au 34', /34 rue Victor Hugo/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'report_pothole', place: /34 rue Victor Hugo/, words: /32 rue Victor Hugo/ }],
  },
  {
    title: 'two languages in one breath, and the other one asked for',
    channel: 'web',
    language: 'fr',
    turns: [
      ['hello bonjour, le street light est out rue Pasteur au 5', /éclairage|photo/i],
      ['sorry can we do this in English please', /in English[\s\S]*photo/],
      ['no photo', /phone number or e-mail/],
      ['ana@example.org', /Summary[\s\S]*ana@example.org/],
      ['yes please', SENT],
    ],
    tickets: [{ topic: 'report_street_light', place: /5 rue Pasteur/, contact: 'ana@example.org' }],
  },
  {
    title: 'never mind, something else',
    channel: 'web',
    language: 'en',
    turns: [
      ['I want to report noise', /Where is it|Where/],
      ['nah forget it, I want to report graffiti on the wall at 5 rue Ampère', /tag|graffiti/i],
      ['public', /photo/],
      ['send it', SENT],
    ],
    tickets: [{ topic: 'report_graffiti', place: /5 rue Ampère/ }],
  },
  {
    title: 'not a person, only the hours',
    channel: 'web',
    language: 'fr',
    turns: [
      ['je ne veux parler à personne, juste les horaires', /8 h 30/],
      ['ok super', /plaisir/],
    ],
    tickets: [],
  },
  {
    title: 'a problem to report, and what kind is asked',
    channel: 'web',
    language: 'fr',
    turns: [
      ['Signaler un problème', /Que souhaitez-vous signaler/],
      ['la lumière de ma rue', /éclairage[\s\S]*Où est-ce/i],
      ['8 rue Thiers', /8 rue Thiers/],
      ['envoyer maintenant', SENT],
    ],
    tickets: [{ topic: 'report_street_light', place: /8 rue Thiers/, words: /la lumière de ma rue/ }],
  },
  {
    title: 'cancelling after it was sent withdraws nothing without a yes',
    channel: 'web',
    language: 'fr',
    turns: [
      ['nid de poule 3 rue Thiers', /photo/],
      ['envoyez', SENT],
      ['annuler', /retirer votre demande/],
      ['merci', /plaisir/],
      ['annuler mon signalement', /retirer votre demande/],
      ['non', /gardée/],
    ],
    tickets: [{ topic: 'report_pothole' }],
  },
  {
    title: 'a follow-up stays in its topic, and the open question goes to the right service',
    channel: 'web',
    language: 'en',
    turns: [
      ['how do I get rid of a sofa', /Bulky items/],
      ['and without a car?', /nothing verified/],
      ['yes', /cleaning and waste/i],
      ['06 39 98 12 16', /without a car/],
      ['yes', SENT],
    ],
    tickets: [{ topic: 'talk_to_human', service: 'proprete', answers: { subject: /without a car/ }, contact: '+33639981216' }],
  },
  {
    title: 'a baby is a child: the price stays that of the passport',
    channel: 'whatsapp',
    language: 'fr',
    turns: [
      ['combien coute un passport', /86 €/],
      ['et pour mon bébé aussi ?', /17 €/],
      ['top merci', /plaisir/i],
    ],
    tickets: [],
  },
  {
    title: 'the same answer is not given three times',
    channel: 'web',
    language: 'fr',
    turns: [
      ['comment faire enlever des encombrants', /Acceptés/],
      ['comment faire enlever des encombrants ?', /Comme je le disais/],
      ['comment faire enlever des encombrants !!', /ne peux pas en dire plus/],
      ['non', /vous amène/],
    ],
    tickets: [],
  },
  {
    title: 'a message for a person keeps the wish and the subject apart',
    channel: 'web',
    language: 'fr',
    turns: [
      ['je veux parler à quelqu’un', /sujet/],
      ['non jveux un vrai humain', /C'est bien une personne[\s\S]*sujet/],
      ['mon dossier de logement traîne depuis 2 ans', /numéro/],
      ['06.39.98.12.19', /Récapitulatif[\s\S]*dossier de logement/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'talk_to_human', answers: { subject: /^mon dossier de logement/ }, words: /vrai humain/ }],
  },
  {
    title: 'where does it stand and another thing: both',
    channel: 'whatsapp',
    language: 'fr',
    turns: [
      ['lampadaire cassé 5 rue Ampère', /OUI pour envoyer/],
      ['oui', SENT],
      [
        'où en est ma demande ? et je voudrais signaler un nid de poule rue Pasteur',
        /pas encore prise en charge[\s\S]*Où exactement/,
      ],
      ['au 12', /12 rue Pasteur/],
      ['oui', SENT],
    ],
    tickets: [
      { topic: 'report_street_light', place: /5 rue Ampère/ },
      { topic: 'report_pothole', place: /12 rue Pasteur/ },
    ],
  },
  {
    title: 'a photo first, then what it is about, then where',
    channel: 'web',
    language: 'fr',
    turns: [
      ['photo', /souhaitez-vous signaler/],
      ['un dépôt sauvage', /Où est-ce/],
      ['12 rue Pasteur', /Quels déchets/],
      ['un canapé et des cartons', /e-mail/],
      ['non merci', /Récapitulatif/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'report_illegal_dumping', place: /12 rue Pasteur/, words: /canapé et des cartons/, photos: 1 }],
  },
  {
    title: 'changing an answer in the middle of the form',
    channel: 'web',
    language: 'fr',
    turns: [
      ['il y a un lampadaire éteint au 5 rue Ampère', /photo/],
      ['modifier', /Que voulez-vous modifier/],
      ['adresse', /Où est-ce/],
      ['8 rue Thiers', /8 rue Thiers/],
      ['envoyez', SENT],
    ],
    tickets: [{ topic: 'report_street_light', place: /8 rue Thiers/ }],
  },
  {
    title: 'words added at the summary are added',
    channel: 'web',
    language: 'en',
    turns: [
      ['street light out at 5 rue Ampère', /photo/],
      ['skip', /e-mail/],
      ['skip', /Summary/],
      ['it is right by the school gate, kids walk there', /added[\s\S]*school gate/],
      ['yes', SENT],
    ],
    tickets: [{ topic: 'report_street_light', words: /street light out[\s\S]*school gate/ }],
  },
  {
    title: 'danger in the middle of a form comes first, and the form waits',
    channel: 'web',
    language: 'fr',
    turns: [
      ['nid de poule rue Pasteur', /Où exactement/],
      ["ça sent le gaz dans ma cage d'escalier", /Sortez[\s\S]*112/],
      ["c'est bon j'ai appelé les pompiers", /Bien reçu/],
    ],
    tickets: [],
  },
  {
    title: 'insults do not lose the report',
    channel: 'sms',
    language: 'fr',
    turns: [
      ['putain encore un lampadaire mort 5 rue ampere vous servez a rien', /OUI pour envoyer/],
      ['oui', SENT],
    ],
    tickets: [{ topic: 'report_street_light', place: /5 rue Ampère/ }],
  },
  {
    title: 'a question that nobody here can answer goes with the request, where that is wanted',
    channel: 'web',
    language: 'fr',
    turns: [
      ['il y a un lampadaire cassé', /Où est-ce/],
      ['euh je dois être là quand vous passez ?', /ne sais pas répondre[\s\S]*ajoute votre question/],
      ['oui', /ajoutée à la demande[\s\S]*Où est-ce/],
      ['5 rue Ampère', /photo/],
      ['envoyez', SENT],
    ],
    tickets: [{ topic: 'report_street_light', place: /5 rue Ampère/, words: /je dois être là quand vous passez/ }],
  },
  {
    title: 'a short thank-you in the middle does not lose the thread',
    channel: 'web',
    language: 'en',
    turns: [
      ['hi, how much is a passport?', /€86/],
      ['and for a 10-year-old?', /€17/],
      ['great', /pleasure|welcome|glad/i],
      ['👍', /pleasure|welcome|glad/i],
    ],
    tickets: [],
  },
  {
    title: 'of two requests the other one',
    channel: 'whatsapp',
    language: 'fr',
    turns: [
      ['lampadaire cassé 5 rue Ampère', /OUI pour envoyer/],
      ['oui', SENT],
      ['nid de poule 3 rue Thiers', /OUI pour envoyer/],
      ['oui', SENT],
      ['où en est ma demande', /plusieurs demandes/],
      ['la première', /3 rue Thiers/],
      ['non l’autre', /5 rue Ampère/],
    ],
    tickets: [{ topic: 'report_street_light' }, { topic: 'report_pothole' }],
  },
  {
    title: 'two reports in one text message, the second dropped',
    channel: 'sms',
    language: 'fr',
    turns: [
      ['lampadaire cassé rue des lilas et aussi des poubelles pas ramassées au 6 rue ampere', /2 demandes/],
      ['le lampadaire c devant le 14', /14 rue des Lilas/],
      ['oui', SENT],
      ['non laisse le 2', /annulé/],
    ],
    tickets: [{ topic: 'report_street_light', place: /14 rue des Lilas/ }],
  },
  {
    title: 'a change of mind before anything was sent leaves nothing behind',
    channel: 'web',
    language: 'en',
    turns: [
      ['can I make a report about rats', /Where is it/],
      ['hmm wait do I have to pay anything?', /cannot answer that[\s\S]*add your question/],
      ['never mind', /nothing was sent/],
      ['where is my request?', /reference/],
    ],
    tickets: [],
  },
];
