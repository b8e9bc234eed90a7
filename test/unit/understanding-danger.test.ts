/**
 * Danger and opt-out words, in both languages: what must be heard whatever else a message says,
 * and the harmless sentences that only look like it. A new rule comes with its lines here.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPack } from '../../src/bot/understanding/pack';
import { createRules } from '../../src/bot/understanding/rules';
import { wordsOf } from '../../src/bot/understanding/words';

const packOf = (code: string) => {
  const file = join(__dirname, '../../locales', code, 'pack.yml');
  return readPack(readFileSync(file, 'utf8'), file);
};
/** As the ear does it: the rules of every language of the town hear every message. */
const rules = ['fr', 'en'].map((code) => createRules(packOf(code)));
const dangerIn = (text: string) => rules.map((each) => each.danger(wordsOf(text))).find((kind) => kind !== null) ?? null;
const optOutIn = (text: string) => rules.map((each) => each.optOut(wordsOf(text))).find((kind) => kind !== null) ?? null;

const DANGERS: Record<string, string[]> = {
  gas: [
    'ça sent le gaz dans la cage d’escalier',
    'forte odeur de gaz rue Voltaire',
    'odeur de gazz devant l école',
    'fuite de gaz chez ma voisine',
    'sa sen le gaz ds mon immeuble vite',
    'le pelleteur a arraché le tuyau de gaz',
    'je crois que le gaz fuit dans la cuisine',
    'ça pue le gaz depuis ce matin au 12',
    'le détecteur de monoxyde sonne et on a mal à la tête, du monoxyde ?',
    'strong smell of gas in the stairwell',
    'I can smell gas outside number 4',
    'gas is leaking in our street',
    'a digger hit the gas main',
    'carbon monoxide, my husband feels dizzy',
  ],
  fire: [
    'o secour feu poubel',
    'il y a le feu au deuxième étage',
    'incendie dans le local à vélos',
    'la poubelle brûle devant l’école',
    'une voiture en feu sur le parking',
    'de la fumée noire sort du toit',
    'des flammes sortent de la fenêtre',
    'ma cuisine a pris feu',
    'ils ont mis le feu au conteneur',
    'depart de feu dans le bois',
    'ya le feu chez le voisin',
    'icendie rue de Lyon',
    'Y A LE FEU !!!!',
    'the bin is on fire',
    'there is a fire in the flats',
    'smoke is pouring out of the basement',
    'my neighbour’s kitchen caught fire',
    'a car is burning behind the gym',
    'black smoke everywhere in the corridor',
  ],
  medical: [
    'un homme est inconscient sur le trottoir',
    'ma mère fait un malaise place du marché',
    'elle ne respire plus',
    'crise cardiaque au marché vite',
    'un cycliste a été renversé par une camionnette',
    'il y a des blessés',
    'mon père est tombé il ne bouge plus',
    'une dame saigne beaucoup de la tête',
    'il vient d’y avoir un accident avec un scooter',
    'envoyez une ambulance vite',
    'j’ai envie de mourir',
    'il veut se suicider',
    'elle a avalé de la javel',
    'ma femme accouche dans la voiture',
    'a man is unconscious on the pavement',
    'she is not breathing',
    'my dad is having a heart attack',
    'someone is badly hurt, we need an ambulance',
    'a child was hit by a car',
    'he took an overdose',
    'I want to kill myself',
    'an old lady collapsed at the bus stop',
  ],
  violence: [
    'on m’agresse devant la gare',
    'mon mari me frappe',
    'un homme avec un couteau rue Hugo',
    'il y a une bagarre devant le bar',
    'des coups de feu dans le quartier',
    'quelqu’un essaie de rentrer chez moi',
    'il menace de me tuer',
    'une femme se fait agreser en ce moment',
    'deux types se tapent dessus, des jeunes se battent place du Port',
    'my husband is beating me',
    'a man with a knife outside the school',
    'I am being attacked',
    'someone is breaking into my house',
    'we heard gunshots',
    'he threatens to kill us',
  ],
  electric: [
    'un câble électrique est tombé sur la route',
    'fils dénudés au pied du lampadaire',
    'fil electrik par terre',
    'la ligne haute tension pend au-dessus du chemin',
    'des étincelles sortent du coffret',
    'un arbre est tombé sur la ligne électrique',
    'live wires hanging from the lamp post',
    'a power line is down on rue Thiers',
    'sparks are coming from the transformer',
  ],
  collapse: [
    'le mur de l’immeuble menace de s’effondrer',
    'le plafond de l’école s’est écroulé',
    'un balcon s’est effondré',
    'l’échafaudage vient de basculer sur la rue',
    'the ceiling has collapsed',
    'a wall is about to collapse on the pavement',
    'there are people under the rubble',
  ],
  drowning: [
    'un enfant se noie dans le canal',
    'quelqu’un est tombé dans la rivière',
    'une voiture est tombée à l’eau dans le port',
    'a kid fell into the canal',
    'someone is drowning',
    'he was swept away by the river',
  ],
  general: [
    'au secours',
    'AU SECOURS !!!',
    'à l’aide svp',
    'je suis coincé dans l’ascenseur de la mairie',
    'un bébé est enfermé dans une voiture au soleil',
    'mon fils de 4 ans a disparu au parc',
    'on est en danger',
    'help help',
    'this is an emergency',
    'we are stuck in the lift',
    'a toddler is locked in a car',
  ],
};

const TRAPS = [
  'le prix du gaz a encore augmenté',
  'où relever mon compteur de gaz ?',
  'comment résilier mon contrat de gaz',
  'le feu rouge est cassé',
  'les feux tricolores du carrefour clignotent',
  'le feu piéton ne passe jamais au vert',
  'feu d’artifice du 14 juillet, à quelle heure ?',
  'il est resté allumé, le feu de signalisation',
  'la caserne de pompiers fait-elle portes ouvertes ?',
  'calendrier des pompiers',
  'je suis mort de rire',
  'je meurs de faim, la cantine ouvre quand ?',
  'au secours je comprends rien à ce formulaire',
  'au secours, mon dossier de passeport est perdu',
  'borne à incendie qui fuit',
  'l’alarme incendie de l’école sonne pour l’exercice',
  'faut-il un détecteur de fumée dans mon logement ?',
  'odeur de fumée de cigarette dans le hall',
  'mon voisin brûle ses déchets verts le dimanche',
  'le lampadaire est brûlé',
  'une voiture brûlée traîne sur le parking depuis un mois',
  'à l’aide d’un formulaire, puis-je m’inscrire ?',
  'chat mort sur la route',
  'un pigeon blessé sur la place',
  'coup de main pour remplir le dossier',
  'je me suis noyé dans les papiers',
  'le noyer de la place est malade',
  'cours de natation et prévention noyade à la piscine ?',
  'arrêt de bus vandalisé',
  'fil de téléphone qui pend devant ma fenêtre',
  'un câble de la fibre est tombé chez moi',
  'tag à la bombe sur mon mur',
  'la facture d’eau a explosé',
  'poubelle volée',
  'le trottoir est effondré devant le 8',
  'potelet renversé par une voiture',
  'changement d’adresse sur la carte grise',
  'un stage de premiers secours est-il organisé ?',
  'sos médecins, quel numéro ?',
  'je me cogne à cette branche tous les jours',
  'the traffic light is broken',
  'what time are the fireworks?',
  'the fire hydrant is leaking',
  'when is the fire station open day?',
  'my gas bill is too high',
  'do I need a smoke detector?',
  'I am dying to know the result',
  'help with my passport form please',
  'a dead cat on the road',
  'an injured pigeon near the church',
  'someone is burning garden waste',
  'the phone line is hanging low',
  'first aid course at the town hall',
  'the bus stop glass is smashed',
  'flu shot at the town hall?',
  'teachers are on strike',
  'the website crashed when I paid',
  'waiting for an accident to happen at this crossing',
  'I am drowning in paperwork',
  'spray paint bombs on the wall',
  'my car was hit last week, where do I report it?',
  'knife sharpening at the market',
  'a shop was on fire last year, is it rebuilt?',
  'my water bill exploded',
  'the street light burned out',
  'the roof of the bus shelter is dirty',
  'prevention of domestic violence association',
  'where do I register a death?',
  'is the shooting range open on Sunday?',
  'tree blocks the sign',
  'I need a doctor’s certificate for sport',
  'how do I get my fire pit approved',
  'my son hurt his knee last month, who is liable?',
  'the lift of the library is closed',
  'cable car to the hill?',
  'dog fouling everywhere',
  'bins overflowing, it stinks',
  'is fireworks noise allowed after midnight?',
  'house number fell off the wall',
  'parking fines have exploded',
];

const STOPS = [
  'STOP',
  'stop',
  ' Stop. ',
  'STOP !!!',
  'Arrêt',
  'ARRET',
  'arrêtez',
  'DÉSABONNER',
  'desabonnement',
  'STOP SMS',
  'STOP SVP j’en peux plus de vos messages',
  'stop aux sms svp',
  'arrêtez de m’envoyer des sms',
  'je ne veux plus recevoir vos messages',
  'désabonnez-moi des alertes',
  'ne m’écrivez plus',
  'retirez mon numéro de votre liste',
  'unsubscribe',
  'stop all',
  'please stop texting me',
  'stop sending me messages',
  'take me off your list of texts',
  'I do not want to receive your alerts any more',
  'do not text me again',
];
const STARTS = ['START', 'start', 'Reprendre', 'UNSTOP', 'réabonner', 'resubscribe', 'je veux reprendre les sms'];
const HELPS = ['AIDE', 'help', 'Info', 'aide !'];
const NO_OPT_OUTS = [
  'arrêt de bus cassé',
  'stop le robot, une personne',
  'panneau stop tombé rue de Lyon',
  'le stop au croisement est caché par un arbre',
  'stop pub sur ma boîte, je veux un autocollant',
  'arrêter le bruit la nuit',
  'quand reprend la cantine ?',
  'aide au logement',
  'help me with my passport',
  'the bus stop is broken',
  'can you stop the noise next door',
  'stop talking nonsense, give me a person',
  'information sur le PLU',
  'je n’ai pas reçu de message pour mon rendez-vous',
  'je veux annuler mon rendez-vous',
  'start of the school year?',
  'comment envoyer une photo ?',
];

describe('danger', () => {
  const cases = Object.entries(DANGERS).flatMap(([kind, texts]) => texts.map((text): [string, string] => [text, kind]));
  it.each(cases)('"%s" is danger (%s)', (text, kind) => {
    expect(dangerIn(text)).toBe(kind);
  });

  it.each(TRAPS)('"%s" is none', (text) => {
    expect(dangerIn(text)).toBeNull();
  });

  it('has a table of at least forty traps', () => {
    expect(new Set(TRAPS).size).toBeGreaterThanOrEqual(40);
  });
});

describe('opt-out', () => {
  it.each(STOPS)('"%s" opts out', (text) => {
    expect(optOutIn(text)).toBe('stop');
  });
  it.each(STARTS)('"%s" opts in', (text) => {
    expect(optOutIn(text)).toBe('start');
  });
  it.each(HELPS)('"%s" asks for help', (text) => {
    expect(optOutIn(text)).toBe('help');
  });
  it.each(NO_OPT_OUTS)('"%s" is neither', (text) => {
    expect(optOutIn(text)).toBeNull();
  });
});

describe('a language pack', () => {
  it('is refused with the pattern that cannot be read', () => {
    const file = join(__dirname, '../../locales/fr/pack.yml');
    const broken = readFileSync(file, 'utf8').replace('- en feu\n', '- "... feu"\n');
    expect(() => readPack(broken, file)).toThrow(/"\.\.\. feu" is not a word pattern/);
  });
  it('is refused when it is not YAML, with the file named', () => {
    expect(() => readPack('yes: [', 'locales/fr/pack.yml')).toThrow(/locales\/fr\/pack\.yml/);
  });
});
