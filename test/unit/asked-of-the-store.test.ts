/** What a message asks the store while it is decided: each question is a wait for the disk, or for a server, of everybody's. */
import { openTalkers, type TalkerHouse } from '../support/talker';

let house: TalkerHouse;

beforeAll(async () => {
  house = await openTalkers();
}, 120_000);

afterAll(() => house.close());

const ORDINARY: Array<[string, string]> = [
  ['fr', 'bonjour'],
  ['fr', 'combien coûte un passeport pour trois personnes ?'],
  ['fr', 'la mairie ouvre à quelle heure le 12 mars ?'],
  ['fr', 'quel jour passent les poubelles jaunes ?'],
  ['fr', 'merci beaucoup'],
  ['en', 'how do I renew my identity card before the 9th?'],
];

/** What is looked for among somebody's own requests with one message of theirs. */
async function looksFor(language: string, text: string): Promise<string[]> {
  const asked: string[] = [];
  const noting = (name: string) => async () => {
    asked.push(name);
    return [];
  };
  const lookups = { ticketsHere: noting('here'), ticketsOf: noting('of'), followed: noting('followed') };
  await house.talker('web', language, lookups).says(text);
  return asked;
}

test.each(ORDINARY)('whoever greets, asks or thanks (%s, "%s") has no requests looked for', async (language, text) => {
  expect(await looksFor(language, text)).toEqual([]);
});

test('whoever reports something has it looked for once whether they did before', async () => {
  expect(await looksFor('en', 'the street lamp outside 12 rue Pasteur is broken')).toEqual(['here', 'followed']);
});

test('whoever corrects what they sent has it looked for', async () => {
  expect(await looksFor('fr', "c'est pas la rue Voltaire, c'est la rue Diderot")).toContain('here');
});
