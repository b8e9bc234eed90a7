/**
 * First messages of a conversation: every way of saying 'I want to report' with every thing that is reported, and
 * steering words with something asked for beside them. Half of them was never looked at while the bot was mended:
 * which half is settled by the words themselves.
 */
import { createHash } from 'node:crypto';

export interface Opening {
  text: string;
  language: 'fr' | 'en';
  /** Topics any of which is right: a report that begins, or a question that is answered. */
  topics?: string[];
  /** A steering intent that must be followed; `none` of them when absent. */
  command?: 'cancel' | 'person' | 'status' | 'help' | 'what-to-report' | 'language';
  isUnseen: boolean;
}

const THINGS: Record<'fr' | 'en', Array<[thing: string, topic: string]>> = {
  fr: [
    ['un lampadaire', 'report_street_light'],
    ['un lampadaire en panne', 'report_street_light'],
    ['un trou dans la chaussée', 'report_pothole'],
    ['un nid de poule', 'report_pothole'],
    ['du bruit', 'report_noise'],
    ['un tapage nocturne', 'report_noise'],
    ['un graffiti', 'report_graffiti'],
    ['un tag sur un mur', 'report_graffiti'],
    ['une voiture ventouse', 'report_abandoned_vehicle'],
    ['une épave', 'report_abandoned_vehicle'],
    ['un camion mal garé', 'report_illegal_parking'],
    ['un dépôt sauvage', 'report_illegal_dumping'],
    ["une fuite d'eau", 'report_water_leak'],
    ['un arbre dangereux', 'report_tree'],
    ['un arbre qui penche', 'report_tree'],
    ['des rats', 'report_pests'],
    ['un nid de frelons', 'report_pests'],
    ['un animal mort', 'report_dead_animal'],
    ['une poubelle pas ramassée', 'report_missed_collection'],
    ['un banc cassé', 'report_street_furniture'],
    ['un feu rouge en panne', 'report_signage_signal'],
    ['une rue très sale', 'report_dirty_street'],
  ],
  en: [
    ['a street light', 'report_street_light'],
    ['a broken street lamp', 'report_street_light'],
    ['a pothole', 'report_pothole'],
    ['a big hole in the road', 'report_pothole'],
    ['noise', 'report_noise'],
    ['loud music at night', 'report_noise'],
    ['graffiti', 'report_graffiti'],
    ['a tag on a wall', 'report_graffiti'],
    ['an abandoned car', 'report_abandoned_vehicle'],
    ['a badly parked van', 'report_illegal_parking'],
    ['fly-tipping', 'report_illegal_dumping'],
    ['a water leak', 'report_water_leak'],
    ['a leaning tree', 'report_tree'],
    ['a dangerous tree', 'report_tree'],
    ['rats', 'report_pests'],
    ['a wasp nest', 'report_pests'],
    ['a dead animal', 'report_dead_animal'],
    ['a missed bin', 'report_missed_collection'],
    ['a broken bench', 'report_street_furniture'],
    ['a broken traffic light', 'report_signage_signal'],
    ['a very dirty street', 'report_dirty_street'],
  ],
};

const WISHES: Record<'fr' | 'en', string[]> = {
  fr: [
    'je veux signaler {x}',
    'je voudrais signaler {x} svp',
    'bonjour, je souhaite vous signaler {x}',
    'signaler {x}',
    'jveux signalé {x}',
    'comment signaler {x} ?',
    "est-ce que c'est ici qu'on peut signaler {x} ?",
    "j'aimerais faire un signalement pour {x}",
    'je vous signale {x}',
    'Madame, Monsieur, je me permets de vous signaler {x}. Cordialement',
    'à qui je peux signaler {x}',
    'bonsoir cest pour signaler {x} merci',
    'il faudrait que je signale {x}',
    "j'ai {x} à signaler",
    'signalement : {x}',
    'je voulais vous faire remonter {x}',
  ],
  en: [
    'I want to report {x}',
    "I'd like to report {x} please",
    'hi can I report {x}',
    'report {x}',
    'how do I report {x}?',
    'i wanna report {x}',
    'need to report {x}',
    "Dear all, I'm writing to report {x}. Kind regards",
    'where can I report {x}',
    'I have {x} to report',
    'can i make a report about {x}',
    'is this where you report {x}?',
    'reporting {x}',
    "just thought I'd report {x}",
  ],
};

/** By hand: a steering word beside a wish, a wish that is refused, a wish with nothing in it, and what really is a command. */
const BESIDE: Array<Omit<Opening, 'isUnseen'>> = [
  { language: 'fr', text: 'non laissez tomber, je veux signaler un graffiti', topics: ['report_graffiti'] },
  { language: 'fr', text: 'annule, je voudrais plutôt signaler un nid de poule', topics: ['report_pothole'] },
  { language: 'fr', text: 'oubliez ça. Il y a une fuite d’eau rue Pasteur', topics: ['report_water_leak'] },
  { language: 'fr', text: 'laisse tomber et dis-moi quand ouvre la piscine', topics: ['faq_sports'] },
  { language: 'fr', text: 'annulez tout, combien coûte un passeport ?', topics: ['faq_passport'] },
  { language: 'fr', text: 'je ne veux parler à personne, juste les horaires', topics: ['faq_town_hall_hours'] },
  {
    language: 'fr',
    text: "pas besoin d'un conseiller, je veux juste les horaires de la mairie",
    topics: ['faq_town_hall_hours'],
  },
  {
    language: 'fr',
    text: 'ne me passez pas un agent svp, quels sont les tarifs de la cantine ?',
    topics: ['faq_canteen'],
  },
  { language: 'fr', text: 'je ne veux pas annuler, je veux signaler un tag', topics: ['report_graffiti'] },
  { language: 'fr', text: "j'ai pas besoin d'aide, juste signaler un lampadaire cassé", topics: ['report_street_light'] },
  { language: 'fr', text: 'aidez-moi svp, il y a un nid-de-poule énorme rue Victor Hugo', topics: ['report_pothole'] },
  { language: 'fr', text: "j'ai besoin d'aide pour signaler un dépôt sauvage", topics: ['report_illegal_dumping'] },
  { language: 'fr', text: 'merci, et pour un lampadaire cassé ?', topics: ['report_street_light'] },
  { language: 'fr', text: 'bonjour ! la poubelle jaune passe quel jour ?', topics: ['faq_waste'] },
  { language: 'fr', text: 'merci bcp et sinon la médiathèque ouvre quand', topics: ['faq_library'] },
  {
    language: 'fr',
    text: 'je ne veux pas suivre ma demande, je veux en signaler un autre : un lampadaire',
    topics: ['report_street_light'],
  },
  {
    language: 'fr',
    text: 'pas la peine de me passer quelqu’un, où est-ce que je prends rdv pour un passeport ?',
    topics: ['faq_passport'],
  },
  { language: 'fr', text: "c'est pas pour un suivi, c'est pour signaler un banc cassé", topics: ['report_street_furniture'] },
  { language: 'fr', text: 'stop, autre chose : je veux signaler des rats', topics: ['report_pests'] },
  { language: 'fr', text: 'Signaler un problème', command: 'what-to-report' },
  { language: 'fr', text: 'Je voudrais signaler un problème', command: 'what-to-report' },
  { language: 'fr', text: 'je veux faire un signalement', command: 'what-to-report' },
  { language: 'fr', text: 'Faire un signalement', command: 'what-to-report' },
  { language: 'fr', text: "bonjour j'ai quelque chose à signaler", command: 'what-to-report' },
  { language: 'fr', text: 'jveu signaler un truc', command: 'what-to-report' },
  { language: 'fr', text: 'signalement', command: 'what-to-report' },
  { language: 'fr', text: 'où en est mon signalement ?', command: 'status' },
  { language: 'fr', text: "j'ai signalé un lampadaire la semaine dernière, toujours rien", command: 'status' },
  { language: 'fr', text: 'des nouvelles du trou que je vous ai signalé ?', command: 'status' },
  { language: 'fr', text: 'je voudrais suivre mon signalement de lampadaire', command: 'status' },
  { language: 'fr', text: 'mon signalement de dépôt sauvage est-il traité', command: 'status' },
  { language: 'fr', text: 'annuler mon signalement', command: 'cancel' },
  { language: 'fr', text: 'finalement je ne veux plus signaler ce lampadaire', command: 'cancel' },
  { language: 'fr', text: 'je veux retirer mon signalement', command: 'cancel' },
  { language: 'fr', text: 'laissez tomber', command: 'cancel' },
  { language: 'fr', text: 'je voudrais parler à quelqu’un', command: 'person' },
  { language: 'fr', text: "j'arrive pas à joindre un conseiller, passez-moi quelqu'un", command: 'person' },
  { language: 'fr', text: 'je ne veux pas d’un robot, je veux un humain', command: 'person' },
  { language: 'fr', text: 'un conseiller svp, c’est compliqué mon dossier de mariage', command: 'person' },
  { language: 'fr', text: 'que savez-vous faire ?', command: 'help' },
  { language: 'fr', text: 'à quoi sert ce robot', command: 'help' },
  { language: 'fr', text: 'in english please', command: 'language' },
  { language: 'fr', text: 'in english please, I want to report a pothole', command: 'language', topics: ['report_pothole'] },
  { language: 'en', text: 'never mind, I want to report graffiti', topics: ['report_graffiti'] },
  { language: 'en', text: "cancel that, there's a water leak on rue Pasteur", topics: ['report_water_leak'] },
  { language: 'en', text: 'forget it. how much is a passport?', topics: ['faq_passport'] },
  { language: 'en', text: 'cancel, and tell me when the library opens', topics: ['faq_library'] },
  { language: 'en', text: "I don't want to talk to anyone, just the opening hours", topics: ['faq_town_hall_hours'] },
  { language: 'en', text: 'no need for an agent, when is the town hall open?', topics: ['faq_town_hall_hours'] },
  { language: 'en', text: "please don't put me through to a person, how do I get a parking permit?", topics: ['faq_parking'] },
  { language: 'en', text: "I don't want to cancel, I want to report a tag", topics: ['report_graffiti'] },
  { language: 'en', text: "don't need help, just reporting a broken street light", topics: ['report_street_light'] },
  { language: 'en', text: 'help please, there is a huge pothole on rue Victor Hugo', topics: ['report_pothole'] },
  { language: 'en', text: 'I need help to report fly-tipping', topics: ['report_illegal_dumping'] },
  { language: 'en', text: 'thanks, and for a broken street lamp?', topics: ['report_street_light'] },
  { language: 'en', text: 'hello! which day is the recycling collected?', topics: ['faq_waste'] },
  { language: 'en', text: 'cheers. and what about the swimming pool, when does it open', topics: ['faq_sports'] },
  {
    language: 'en',
    text: "it's not about tracking a request, I want to report a broken bench",
    topics: ['report_street_furniture'],
  },
  { language: 'en', text: 'stop, something else: I want to report rats', topics: ['report_pests'] },
  { language: 'en', text: 'Report a problem', command: 'what-to-report' },
  { language: 'en', text: 'I want to report something', command: 'what-to-report' },
  { language: 'en', text: "I'd like to report an issue please", command: 'what-to-report' },
  { language: 'en', text: 'make a report', command: 'what-to-report' },
  { language: 'en', text: 'hi there, got something to report', command: 'what-to-report' },
  { language: 'en', text: 'where is my report?', command: 'status' },
  { language: 'en', text: 'I reported noise last week, any news?', command: 'status' },
  { language: 'en', text: 'any update on the pothole I reported', command: 'status' },
  { language: 'en', text: 'track my street light report', command: 'status' },
  { language: 'en', text: 'cancel my report', command: 'cancel' },
  { language: 'en', text: "actually I don't want to report it any more", command: 'cancel' },
  { language: 'en', text: 'I want to withdraw my report', command: 'cancel' },
  { language: 'en', text: 'never mind', command: 'cancel' },
  { language: 'en', text: 'can I talk to a person', command: 'person' },
  { language: 'en', text: "I can't get through to anybody, put me through to an agent", command: 'person' },
  { language: 'en', text: "I don't want a robot, I want a human", command: 'person' },
  { language: 'en', text: 'what can you do?', command: 'help' },
  { language: 'en', text: 'en français svp', command: 'language' },
  {
    language: 'en',
    text: 'en français svp, je veux signaler un lampadaire',
    command: 'language',
    topics: ['report_street_light'],
  },
];

/** Every wish with a third of the things, so that each thing and each wish comes often in other company. */
function crossed(language: 'fr' | 'en'): Array<Omit<Opening, 'isUnseen'>> {
  return WISHES[language].flatMap((wish, row) =>
    THINGS[language].flatMap(([thing, topic], column) =>
      (row + column) % 3 === 0 ? [{ language, text: wish.replace('{x}', thing), topics: [topic] }] : [],
    ),
  );
}

const isUnseen = (text: string): boolean => createHash('sha256').update(text).digest()[0]! % 2 === 1;

export const OPENINGS: Opening[] = [...crossed('fr'), ...crossed('en'), ...BESIDE].map((opening) => ({
  ...opening,
  isUnseen: isUnseen(opening.text),
}));
