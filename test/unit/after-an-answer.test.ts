/**
 * What was answered last lends its topic to a short question that leans on it, and to nothing else: after each answer of the
 * demo town, the words of each other topic are answered as they are to a stranger.
 */
import { openTalkers, type TalkerHouse } from '../support/talker';

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
}, 120_000);
afterAll(() => house.close());

/** Enough to tell one answer from another. */
const BEGINNING = 60;
/** Asked right after an answer, these are about what was answered: its hours, its address. */
const LEANING = ['faq_town_hall_hours'];
/** Of a thousand: words that also ask for a detail of the answer before, as 'is there school on Wednesdays' does of the canteen. */
const AT_MOST = 5;
const HELLO = { fr: 'bonjour', en: 'hello' };

test.each(['fr', 'en'] as const)(
  'after each answer, each other topic, in %s',
  async (language) => {
    const topics = house.towns.topics('bellerive').filter(({ id, phrases }) => phrases[language] && id !== 'emergency');
    const answered = async (...words: string[]) => {
      const talker = house.talker('web', language);
      let { said } = await talker.says(HELLO[language]);
      for (const each of words) ({ said } = await talker.says(each));
      return said;
    };
    const other: string[] = [];
    let count = 0;
    for (const [n, { phrases, id, kind }] of topics.entries()) {
      if (kind !== 'question') continue;
      const first = phrases[language]![0]!;
      for (const topic of topics) {
        if (topic.id === id || LEANING.includes(topic.id)) continue;
        const own = topic.phrases[language]!;
        const door = topic.kind === 'report' && n % 2 === 0 ? ' 9 rue Pasteur' : '';
        const words = `${own[(n * 7 + 3) % own.length]}${door}`;
        const [alone, after] = [await answered(words), await answered(first, words)];
        count += 1;
        if (alone.slice(0, BEGINNING) !== after.slice(0, BEGINNING))
          other.push(`${first} | ${words}\n   ${alone.slice(0, BEGINNING)}\n   ${after.slice(0, BEGINNING)}`);
      }
    }
    expect(count).toBeGreaterThan(1500);
    expect({ other, isRare: other.length * 1000 <= AT_MOST * count }).toEqual({ other, isRare: true });
  },
  180_000,
);
