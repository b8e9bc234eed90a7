/** The same answer is never given three times: every question of the town's, every other office, and what steers a conversation. */
import { openTalkers, type TalkerHouse } from '../support/talker';

const TIMES = 5;
/** Shorter ones are courtesies. */
const SHORTEST = 60;
/** Whom to call and that nothing more is sent is said as often as it is asked; a reference is asked for until there is one. */
const ASKED_AGAIN: ReadonlySet<string> = new Set(['emergency', 'stop', 'ticket_status']);

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
}, 120_000);
afterAll(() => house.close());

it.each(['fr', 'en'])(
  'nothing is said three times, whatever is asked again and again (%s)',
  async (language) => {
    const topics = house.towns.topics('bellerive').map(({ id, phrases }) => [id, phrases[language] ?? []] as const);
    const controls = Object.entries(house.towns.locale(language)?.controlPhrases ?? {});
    const asked = [...topics, ...controls].filter(([id, phrases]) => !ASKED_AGAIN.has(id) && phrases.length > 0);
    expect(asked.length).toBeGreaterThan(60);
    const offer = house.towns.locale(language)?.sentences['again.person'];
    const thrice: string[] = [];
    for (const [id, [first = '']] of asked) {
      const ana = house.talker('web', language);
      const times = new Map<string, number>();
      for (let time = 0; time < TIMES; time++) {
        const { said } = await ana.says(first);
        times.set(said, (times.get(said) ?? 0) + 1);
      }
      for (const [said, count] of times)
        if (said.length >= SHORTEST && count > 2 && said !== offer) thrice.push(`${id}: ${said.slice(0, 80)}`);
    }
    expect(thrice).toEqual([]);
  },
  120_000,
);
