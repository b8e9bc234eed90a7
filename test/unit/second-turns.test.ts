/**
 * What is written second, in few words and without the topic's name, is answered from the topic that was opened: by the detail
 * that tells it. Floors for each language, and no answer of another topic.
 */
import { openTalkers, type TalkerHouse } from '../support/talker';

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
}, 120_000);
afterAll(() => house.close());

const BEGINNING = 40;

const TURNS: Record<'fr' | 'en', Array<[opening: string, topic: string, then: Array<[words: string, detail: string]>]>> = {
  fr: [
    [
      "carte d'identité",
      'faq_id_card',
      [
        ['ça met combien de temps', 'delay'],
        ['faut ramener quoi', 'papers'],
        ['mon mari peut aller la chercher', 'pick-up'],
        ["je viens d'une autre ville", 'other-town-hall'],
      ],
    ],
    [
      'acte de naissance',
      'faq_civil_status',
      [
        ['je suis né au Maroc', 'born-abroad'],
        ['je suis née à Marseille', 'born-elsewhere'],
      ],
    ],
    [
      'ma mère est décédée',
      'faq_civil_status',
      [
        ['on a combien de temps', 'death-delay'],
        ["elle est à l'hôpital", 'death-hospital'],
      ],
    ],
    [
      'je voudrais me marier',
      'faq_marriage_pacs',
      [
        ['ma copine est brésilienne', 'foreigner'],
        ['mon frère peut être témoin', 'witnesses'],
      ],
    ],
    [
      'encombrants',
      'faq_bulky_waste',
      [
        ["c'est au 4e sans ascenseur", 'cannot-carry'],
        ['une machine à laver', 'accepted'],
      ],
    ],
    [
      'horaires des bus',
      'faq_buses',
      [
        ['pour la gare', 'lines'],
        ['je suis en fauteuil', 'access'],
      ],
    ],
    [
      'cantine',
      'faq_canteen',
      [
        ['on gagne 2500 à deux', 'price'],
        ['je finis à 18h', 'care-hours'],
      ],
    ],
    [
      'louer une salle',
      'faq_events_rooms',
      [
        ['on sera 150', 'capacity'],
        ['y a une caution', 'hall-price'],
      ],
    ],
    [
      'crèche',
      'faq_nursery',
      [
        ['on attend combien de temps', 'committee'],
        ["comment on s'inscrit", 'register'],
      ],
    ],
    ['recrutement à la mairie', 'faq_town_jobs', [["j'ai postulé il y a deux mois", 'reply']]],
    [
      'adresse de la mairie',
      'faq_town_hall_hours',
      [
        ['ma mère est en fauteuil', 'access'],
        ['on peut se garer', 'parking'],
      ],
    ],
    [
      'jour des poubelles',
      'faq_waste',
      [
        ["de l'amiante", 'one-item'],
        ['les pots de yaourt', 'sorting'],
      ],
    ],
  ],
  en: [
    [
      'identity card',
      'faq_id_card',
      [
        ['how long does it take', 'delay'],
        ['what do i bring', 'papers'],
        ['it ran out last year', 'validity'],
        ['do i need to pay anything', 'price'],
      ],
    ],
    [
      'birth certificate',
      'faq_civil_status',
      [
        ['I was born abroad', 'born-abroad'],
        ['i was born in Marseille', 'born-elsewhere'],
      ],
    ],
    [
      'my mother has died',
      'faq_civil_status',
      [
        ['how long do we have', 'death-delay'],
        ["she's in hospital", 'death-hospital'],
      ],
    ],
    [
      'passport',
      'faq_passport',
      [
        ['for two adults and a child', 'family'],
        ['i wear glasses', 'photo'],
      ],
    ],
    [
      'vote by proxy',
      'faq_elections',
      [
        ["I'm from Belgium", 'european'],
        ['they never sent me the card', 'card'],
      ],
    ],
    [
      'bulky waste',
      'faq_bulky_waste',
      [
        ['how long until they come', 'delay'],
        ['do you come on Saturdays', 'booking'],
      ],
    ],
    [
      'bus timetable',
      'faq_buses',
      [
        ['to the station', 'lines'],
        ["i'm in a wheelchair", 'access'],
      ],
    ],
    [
      'canteen',
      'faq_canteen',
      [
        ["we're not from the town", 'price'],
        ['how do i sign her up', 'register'],
      ],
    ],
    [
      'hall hire',
      'faq_events_rooms',
      [
        ['150 people', 'capacity'],
        ['is there a deposit', 'hall-price'],
      ],
    ],
    [
      'resident parking permit',
      'faq_parking',
      [
        ['they towed my car', 'pound'],
        ["i'm disabled", 'disabled'],
      ],
    ],
    ['jobs at the town hall', 'faq_town_jobs', [['i applied two months ago', 'reply']]],
    [
      'bin collection days',
      'faq_waste',
      [
        ['asbestos', 'one-item'],
        ['leftovers', 'compost'],
      ],
    ],
  ],
};

test.each(['fr', 'en'] as const)(
  'the second turn, in %s',
  async (language) => {
    const topics = house.towns.topics('bellerive');
    const missed: string[] = [];
    for (const [opening, id, then] of TURNS[language]) {
      const topic = topics.find((each) => each.id === id);
      for (const [words, detail] of then) {
        const talker = house.talker('web', language);
        await talker.says(opening);
        const { said } = await talker.says(words);
        const answer = topic?.details?.find((each) => each.id === detail)?.answer[language] ?? 'none';
        const [first = ''] = answer.split(/https?:|\{/);
        if (!said.includes(first.slice(0, BEGINNING))) missed.push(`${opening} | ${words} | ${detail}: ${said.slice(0, 90)}`);
      }
    }
    expect(missed).toEqual([]);
  },
  60_000,
);
