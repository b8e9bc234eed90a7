/**
 * Languages that no town speaks: danger and what only looks like it, ways to ask to be left alone, a person and help.
 * The sets under `test/sets/` were written by language and divided by a hash of each text before any rule was; what
 * failed is told of the half that may be looked at.
 */

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { languageNames } from '../../src/bot/wording/wording';
import type { ChannelName } from '../../src/domain/conversation';
import { CALLS, type DangerKind } from '../../src/domain/language/danger';
import { openTalkers, type TalkerHouse } from '../support/talker';

/** Who answers, and in which languages, as it is said in a citizen's own. */
const assistantIn = (own: Record<string, string>, language: string) =>
  own['foreign.assistant']!.replace('{languages}', languageNames(['fr', 'en'], language));

const SETS = join(__dirname, '../sets');

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
});
afterAll(() => house.close());

interface Row {
  id: string;
  text: string;
  lang: string;
  intent: 'emergency' | 'near-miss' | 'ordinary';
  danger: boolean;
}
const rowsOf = (half: string): Row[] =>
  readFileSync(join(SETS, `danger.foreign.${half}.jsonl`), 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

/** Whether the first line says whom to call. */
const saysWhomToCall = (said: string) => {
  const { emergency } = house.towns.get('bellerive')!;
  const [first = ''] = said.split('\n');
  return Object.values(CALLS).some((names) => names.every((name) => first.includes(emergency[name] ?? '?')));
};

/** Said by somebody who writes on the page in French and never wrote before. */
const answerTo = async (text: string) => (await house.talker().says(text)).said;

/** By language, over all the sets: dangers told of all, and what only looks like one taken for it of all. */
const byLanguage = new Map<string, { told: [number, number]; inVain: [number, number] }>();

describe.each(['dev', 'test', 'fresh'])('danger in twelve languages, part %s', (half) => {
  it('is answered with whom to call; what only looks like it is not', async () => {
    const failed: string[] = [];
    const rates = { emergency: [0, 0], 'near-miss': [0, 0], ordinary: [0, 0] };
    for (const { id, text, intent, lang } of rowsOf(half)) {
      const isSaid = saysWhomToCall(await answerTo(text));
      rates[intent][0]! += isSaid ? 1 : 0;
      rates[intent][1]! += 1;
      const own = byLanguage.get(lang) ?? { told: [0, 0], inVain: [0, 0] };
      const counts = intent === 'emergency' ? own.told : own.inVain;
      counts[0] += isSaid ? 1 : 0;
      counts[1] += 1;
      byLanguage.set(lang, own);
      if (isSaid !== (intent === 'emergency')) failed.push(`${id} ${text}`);
    }
    const share = ([some, all]: number[]) => some! / all!;
    if (process.env.SHOW) process.stdout.write(`${half} ${JSON.stringify(rates)}\n${half === 'dev' ? failed.join('\n') : ''}\n`);
    expect(share(rates.emergency)).toBeGreaterThanOrEqual(0.95);
    expect(share(rates['near-miss'])).toBeLessThanOrEqual(0.06);
    expect(rates.ordinary[0]! / Math.max(1, rates.ordinary[1]!)).toBeLessThanOrEqual(0.01);
  });
});

it('and in each of the languages by itself', () => {
  expect(byLanguage.size).toBe(12);
  for (const [language, { told, inVain }] of byLanguage) {
    expect(told[1]).toBeGreaterThanOrEqual(30);
    expect({ language, told: told[0] / told[1] >= 0.95, inVain: inVain[0] / inVain[1] <= 0.07 }).toEqual({
      language,
      told: true,
      inVain: true,
    });
  }
});

describe('danger', () => {
  it('is answered in the language it was said in, whatever the conversation was in', async () => {
    const { emergency } = house.towns.get('bellerive')!;
    const cases: Array<[string, string, DangerKind]> = [
      ['huele mucho a gas en la rue Victor Hugo', 'es', 'gas'],
      ['aiuto brucia tutto', 'it', 'fire'],
      ['папа не дышит', 'ru', 'medical'],
      ['زوجي يضربني', 'ar', 'domestic-violence'],
      ['我不想活了', 'zh', 'self-harm'],
    ];
    for (const [text, language, kind] of cases) {
      const { said, locale } = await house.talker('sms').says(text);
      const numbers = CALLS[kind].map((name) => emergency[name]);
      expect([text, locale]).toEqual([text, language]);
      for (const number of numbers) expect(said).toContain(number);
    }
  });

  it('in text-message spelling, or with a foreign sign in it, is answered in the language of the town', async () => {
    const { emergency } = house.towns.get('bellerive')!;
    for (const text of [
      'sa sen le gaz ds lescalié é persone répon',
      'lo monte ds la cave on è coincé a 3',
      'mon frer è tombé du toi il bouj pa',
    ]) {
      const said = await answerTo(text);
      expect(said).toMatch(/appelez|call /i);
      expect(said).toContain(emergency.general);
    }
    expect(await answerTo('[clic](javascript:alert(1))')).not.toMatch(/Nederlands|Met iemand/);
  });

  it('is named by what was learnt where a rule hears another kind in the words', async () => {
    for (const [text, kind] of [
      ['le paysan a pulvérisé un produit, mes yeux brûlent et je ne vois plus rien', 'chemical'],
      ['la voiture est emportée par le torrent avec nous dedans', 'flood'],
    ] as const)
      expect(await answerTo(text)).toMatch(kind === 'flood' ? /Montez à l'étage/ : /contre le vent/);
  });

  it.each([
    [
      'es',
      ['alguien intenta forzar mi puerta', 'mi padre se ha desplomado y no respira'],
      ['mi hija ha perdido su chaqueta', '¿dónde es el curso de primeros auxilios?'],
    ],
    [
      'pt',
      ['alguém está a tentar arrombar a minha porta', 'o meu pai caiu no chão e não respira'],
      ['a minha filha perdeu o casaco', 'onde é o curso de primeiros socorros?'],
    ],
    [
      'it',
      ['qualcuno sta cercando di sfondare la mia porta', 'mio padre è crollato a terra e non respira'],
      ['mia figlia ha perso la giacca', "dov'è il corso di primo soccorso?"],
    ],
    [
      'de',
      ['jemand versucht meine Tür aufzubrechen', 'mein Vater ist zusammengebrochen und atmet nicht'],
      ['meine Tochter hat ihre Mütze verloren', 'wo ist der Erste-Hilfe-Kurs?'],
    ],
    [
      'nl',
      ['iemand probeert mijn deur open te breken', 'mijn vader is in elkaar gezakt en ademt niet'],
      ['mijn dochter is haar jas verloren', 'waar is de cursus eerste hulp?'],
    ],
    [
      'pl',
      ['ktoś próbuje włamać się do mojego mieszkania', 'tata upadł na ziemię i nie oddycha'],
      ['córka zgubiła kurtkę w parku', 'gdzie jest kurs pierwszej pomocy?'],
    ],
    [
      'ro',
      ['cineva încearcă să-mi spargă ușa', 'tatăl meu s-a prăbușit și nu respiră'],
      ['fiica mea și-a pierdut geaca', 'când e cursul de prim ajutor?'],
    ],
    [
      'tr',
      ['biri kapımı kırmaya çalışıyor', 'babam yere düştü nefes almıyor'],
      ['kızım montunu kaybetti', 'ilk yardım kursu nerede?'],
    ],
    ['ar', ['شخص يحاول كسر باب منزلي', 'أمي وقعت على الأرض ولا تتنفس'], ['ابنتي أضاعت معطفها', 'أين دورة الإسعافات الأولية؟']],
    ['ru', ['кто-то ломает мою дверь', 'папа упал и не дышит'], ['дочка потеряла куртку', 'где курсы первой помощи?']],
    ['uk', ['хтось ламає мої двері', 'тато впав і не дихає'], ['донька загубила куртку', 'де курси першої допомоги?']],
    ['zh', ['有人在撬我家的门', '我爸爸倒在地上没有呼吸'], ['我女儿的外套丢了', '急救课程在哪里？']],
  ])('in "%s": somebody breaks in or does not breathe, and nobody is missing where a coat is', async (_, dangers, others) => {
    const isTold = async (text: string) => saysWhomToCall(await answerTo(text));
    for (const text of dangers) expect([text, await isTold(text)]).toEqual([text, true]);
    for (const text of others) expect([text, await isTold(text)]).toEqual([text, false]);
  });

  it('is heard as French and English are heard beside it', async () => {
    expect(await answerTo('au secours il y a le feu')).toMatch(/18/);
    for (const text of ['le vent a cassé mes volets', 'ma fille joue du violon', 'bus stop damaged', 'agent', 'menu'])
      expect(saysWhomToCall(await answerTo(text))).toBe(false);
  });
});

describe('a person', () => {
  const ASKED: Array<[string, string, string, string]> = [
    ['أريد التحدث مع موظف', 'عندي مشكلة مع رخصة البناء', 'نعم', 'ar'],
    ['quiero hablar con una persona', 'no recibo respuesta del servicio de urbanismo', 'sí', 'es'],
    ['хочу поговорить с человеком', 'мне не отвечают по поводу квартиры', 'да', 'ru'],
    ['我想和工作人员说话', '我的申请没有回复', '是', 'zh'],
  ];
  it.each(ASKED)('asked for with "%s" is asked and answered in that language, and gets the words as written', async (...said) => {
    const [wish, subject, yes, language] = said;
    const own = house.towns.foreignLanguage(language)!.sentences;
    const talker = house.talker();
    expect((await talker.says(wish)).said).toContain(own['person.subject.ask']);
    expect((await talker.says(subject)).said).toContain(own['person.contact.ask']);
    expect((await talker.says('06 39 98 12 34')).said).toContain(own['form.confirm']);
    const sent = await talker.says(yes);
    expect(sent.said).toContain('7K3M-9QPX');
    expect(sent.locale).toBe(language);
    const opened = sent.effects.find((effect) => effect.kind === 'openTicket');
    expect(opened).toMatchObject({ draft: { topic: 'talk_to_human', words: wish, language } });
    expect(JSON.stringify(opened)).toContain(subject);
  });

  it('gets words that nobody understands, when the citizen says yes; the same is not said twice', async () => {
    const own = house.towns.foreignLanguage('de')!.sentences;
    const talker = house.talker();
    expect((await talker.says('erzählen Sie mir bitte einen Witz über Fußball')).said).toContain(assistantIn(own, 'de'));
    const words = 'ich möchte Ihnen noch etwas ganz anderes erzählen';
    expect((await talker.says(words)).said).toContain(own['foreign.pass-on']);
    expect((await talker.says('ja')).said).toContain(own['person.contact.ask']);
    await talker.says('06 39 98 12 34');
    expect(JSON.stringify((await talker.says('ja')).effects)).toContain(words);
  });
});

describe('help', () => {
  const ASKED: Array<[string, string]> = [
    ['necesito ayuda', 'es'],
    ['ich brauche Hilfe', 'de'],
    ['мне нужна помощь', 'ru'],
  ];
  it.each(ASKED)('asked for with "%s" is told how to go on and offered a person, in that language', async (text, language) => {
    const own = house.towns.foreignLanguage(language)!.sentences;
    const { said, choices, locale } = await house.talker().says(text);
    expect([said, choices, locale]).toEqual([assistantIn(own, language), [own['person.ask']], language]);
  });
});

type Forms = Record<string, { stop: string[]; ask: string[]; nothing: string[] }>;
const forms: Forms = parse(readFileSync(join(SETS, 'opt-out.yml'), 'utf8'));

describe.each(Object.entries(forms))('no more messages, in %s', (language, { stop, ask, nothing }) => {
  const sentences = (id: string) => {
    const own = house.towns.foreignLanguage(language) ?? house.towns.locale(language)!;
    return own.sentences[id]!.split('{authority}').at(-1)!.trim();
  };
  /** Said by a citizen whose conversation is in a language of the town. */
  const heardFrom = (text: string, channel: ChannelName = 'sms') =>
    house.talker(channel, language === 'en' ? 'en' : 'fr').says(text);

  it('has many forms', () => {
    expect(new Set(stop).size).toBeGreaterThanOrEqual(25);
  });

  it('is done at once, confirmed once, on a phone, on a page and in Teams', async () => {
    const failed: string[] = [];
    for (const text of stop.map(String)) {
      for (const channel of ['sms', 'web', 'botframework'] as const) {
        const { effects } = await heardFrom(text, channel);
        const consents = effects.filter((effect) => effect.kind === 'recordConsent' && !effect.given);
        const said = effects.filter((effect) => effect.kind === 'say');
        if (consents.length !== 1 || said.length !== 1) failed.push(`${channel}: ${text}`);
      }
    }
    expect(failed).toEqual([]);
  });

  it('is confirmed in that language where the words are of that language', async () => {
    const [text] = stop
      .map(String)
      .filter((each) => !/stop/i.test(each))
      .sort((one, other) => other.length - one.length) as [string];
    expect((await heardFrom(text)).said).toContain(sentences('stop.done'));
    expect((await heardFrom(text, 'web')).said).toContain(sentences('stop.done-here'));
  });

  it('is asked back when it may be meant, and nothing is done until yes is said', async () => {
    const failed: string[] = [];
    for (const text of ask) {
      const talker = house.talker('sms', language === 'en' ? 'en' : 'fr');
      const { effects, said } = await talker.says(text);
      const isAsked = said.includes(sentences('stop.ask')) && !effects.some(({ kind }) => kind === 'recordConsent');
      const answer = await talker.says(
        language === 'fr' || language === 'en' ? { fr: 'oui', en: 'yes' }[language] : sentences('yes'),
      );
      if (!isAsked || !answer.effects.some(({ kind }) => kind === 'recordConsent')) failed.push(`${text} -> ${said}`);
    }
    expect(failed).toEqual([]);
  });

  it('is not heard in what is about something else', async () => {
    const failed: string[] = [];
    for (const text of nothing) {
      const { effects, said } = await heardFrom(text);
      if (effects.some(({ kind }) => kind === 'recordConsent') || said.includes(sentences('stop.ask'))) failed.push(text);
    }
    expect(failed).toEqual([]);
  });
});

// Whoever falls in is in danger, also when they went after it; what falls in by itself is a thing.
test.each([
  ['es', 'mi hijo fue por la pelota y se ha caído al río', 'la pelota se ha caído al río, ¿quién la saca?'],
  ['it', 'mio figlio voleva prendere la palla ed è caduto nel fiume', 'la palla è caduta nel fiume, chi la recupera?'],
  ['pt', 'o meu filho foi buscar a bola e caiu ao rio', 'as chaves caíram ao rio, quem as tira?'],
  ['de', 'mein Sohn wollte den Ball holen und ist in den Fluss gefallen', 'mein Handy ist in den Kanal gefallen, wer holt es?'],
  ['nl', 'mijn zoon wilde de bal pakken en is in de gracht gevallen', 'mijn fiets ligt in de gracht, wie haalt hem eruit?'],
  ['pl', 'syn chciał złapać piłkę i wpadł do rzeki', 'piłka wpadła do rzeki, kto ją wyjmie?'],
  ['ro', 'copilul alerga după minge și a căzut în lac', 'telefonul a căzut în lac, cine îl scoate?'],
  ['tr', 'oğlum topun peşinden koşarken nehre düştü', 'topumuz nehre düştü, kim çıkaracak?'],
  ['ar', 'ابني سقط في النهر وهو يلحق الكرة', 'الكرة سقطت في نهر، من يخرجها؟'],
  ['ru', 'сын побежал за мячом и упал в реку', 'мяч упал в реку, кто его достанет?'],
  ['uk', 'син побіг за мячем і впав у річку', 'телефон впав у річку, хто його дістане?'],
])(
  'in "%s", whoever fell into the water is told whom to call, and whoever lost a thing in it is not',
  async (_, fallen, lost) => {
    expect([saysWhomToCall(await answerTo(fallen)), saysWhomToCall(await answerTo(lost))]).toEqual([true, false]);
  },
);

test.each([
  ['tr', 'oğlum parkta kayboldu', 'oğlumun oyuncağı parkta kayboldu'],
  ['zh', '有人在街上拿刀威胁我', '有人在街上卖菜刀，合法吗？'],
  ['ru', 'машина переехала человека', 'бабушка переехала в другой район и не может найти поликлинику'],
  ['uk', 'машина переїхала людину', 'бабуся переїхала в інший район і не може знайти лікарню'],
])('in "%s", "%s" is a danger and "%s" is none', async (_, danger, harmless) => {
  expect([saysWhomToCall(await answerTo(danger)), saysWhomToCall(await answerTo(harmless))]).toEqual([true, false]);
});
