/**
 * Conversations in languages that no town speaks: they stay in theirs, nothing is said three times, and words that answer a
 * form are heard as what they are.
 */
import { openTalkers, type TalkerHouse } from '../support/talker';

let house: TalkerHouse;
beforeAll(async () => {
  house = await openTalkers();
});
afterAll(() => house.close());

const own = (language: string) => house.towns.foreignLanguage(language)!.sentences;

/** What is said to each of some messages of one citizen. */
async function talk(...texts: string[]) {
  const talker = house.talker();
  const heard: Array<Awaited<ReturnType<typeof talker.says>>> = [];
  for (const text of texts) heard.push(await talker.says(text));
  return heard;
}

describe('a form', () => {
  it.each([
    ['es', 'persona', 'quiero cancelar'],
    ['de', 'Mensch', 'bitte abbrechen, danke'],
    ['uk', 'людина', 'скасуйте, будь ласка'],
    ['tr', 'insan', 'vazgeçtim'],
    ['zh', '人工', '算了不用了'],
    ['pl', 'człowiek', 'proszę anulować'],
    ['it', 'vorrei parlare con una persona', 'vorrei annullare grazie'],
  ])('in "%s" is cancelled also with a courtesy beside the word', async (language, person, cancel) => {
    const [, last] = await talk(person, cancel);
    expect(last!.said).toBe(own(language)['cancel.done']);
  });

  it.each(['abbrechen', 'annulla', 'cancelar por favor', 'отмена'])('in French is cancelled by "%s"', async (cancel) => {
    const [, last] = await talk('nid de poule', cancel);
    expect(last!.said).not.toMatch(/adresse/);
    expect(last!.effects.some(({ kind }) => kind === 'openTicket')).toBe(false);
    expect(house.towns.locale('fr')!.sentences['cancel.done'] === last!.said || last!.locale !== 'fr').toBe(true);
  });

  it.each([
    ['pl', 'człowiek', 'moja sprawa nie jest załatwiona', 'dziękuję'],
    ['ro', 'persoana', 'dosarul meu nu are răspuns', 'mulțumesc'],
    ['tr', 'insan', 'dosyama cevap gelmedi', 'teşekkür ederim'],
    ['ar', 'موظف', 'عندي مشكلة مع رخصة البناء', 'شكرا'],
    ['ru', 'человек', 'мне не отвечают по поводу квартиры', 'спасибо'],
    ['uk', 'людина', 'мені не відповідають щодо квартири', 'дякую'],
    ['zh', '人工', '我的申请没有回复', '谢谢'],
    ['nl', 'medewerker', 'ik krijg geen antwoord op mijn aanvraag', 'dank u wel'],
  ])('in "%s": thanks are no number, and the question is asked again', async (language, person, subject, thanks) => {
    const [, , last] = await talk(person, subject, thanks);
    expect(last!.said).toContain(own(language)['person.contact.ask']);
    expect(last!.said).toContain(own(language).thanks);
  });

  it('is left by whoever has no telephone: the message is sent, and what that means is said', async () => {
    const [, , none, sent] = await talk('persona', 'no recibo la tarjeta', 'no tengo teléfono', 'sí');
    expect(none!.said).toContain(own('es')['person.no-contact']);
    expect(sent!.effects.some(({ kind }) => kind === 'openTicket')).toBe(true);
  });

  it('stays in its language while words could be French as well', async () => {
    const heard = await talk('quiero una persona', 'me llamo Juan', 'que la basura no se recoge');
    expect(heard.map(({ locale }) => locale)).toEqual(['es', 'es', 'es']);
  });

  it('in French stays French after a word of thanks in German', async () => {
    const [, last] = await talk('nid de poule', 'danke');
    expect(last!.locale).toBe('fr');
  });
});

describe('a conversation', () => {
  it.each(['дякую', 'добрий день', 'до побачення', 'тато не отримав листа', 'дитина народилася'])(
    '"%s" is Ukrainian, though no letter says so',
    async (text) => {
      expect((await talk(text))[0]!.locale).toBe('uk');
    },
  );

  it.each([
    ['спасибо', 'ru'],
    ['abmelden wegen umzug wohin', 'de'],
    ['hallo', 'de'],
    ['salve', 'it'],
    ['hola', 'es'],
    ['danke', 'de'],
    ['bom dia', 'pt'],
    ['ya kelkun', 'fr'],
    ['ciao', 'fr'],
  ])('"%s" is answered in "%s"', async (text, language) => {
    expect((await talk(text))[0]!.locale).toBe(language);
  });

  it.each([
    ['pt', ['olá bom dia', 'como funciona', 'preciso de ajuda']],
    ['es', ['mi padre no respira', 'ya viene la ambulancia', 'farola rota']],
    ['es', ['mi marido me está pegando', 'y la farola está rota']],
  ])('stays in "%s"', async (language, texts) => {
    expect((await talk(...texts)).map(({ locale }) => locale)).toEqual(texts.map(() => language));
  });

  it.each([
    [['olá bom dia', 'preciso de ajuda', 'o candeeiro da minha rua está apagado']],
    [['dzień dobry', 'pomoc', 'latarnia nie świeci na ulicy']],
    [['hola', 'hola', 'hola', 'hola']],
  ])('says once in which languages it answers, and then what helps: %j', async (texts) => {
    const said = (await talk(...texts)).map((heard) => heard.said);
    const languages = said.filter((one) => /francês|francuski|francés/.test(one));
    expect(languages.length).toBe(1);
    for (const one of said) expect(said.filter((other) => other === one).length).toBeLessThanOrEqual(2);
  });

  it('a yes to who is offered is a yes to that person', async () => {
    const [first, last] = await talk('¿hablas español?', 'sí');
    expect(first!.choices).toEqual([own('es')['person.ask']]);
    expect(last!.said).toContain(own('es')['person.subject.ask']);
  });
});

describe('whoever thinks of dying', () => {
  it.each([
    ['nl', ['ik wil dood', 'bedankt', 'ik ben bang']],
    ['es', ['me quiero matar', 'no puedo más', 'nadie me escucha']],
    ['ru', ['хочу умереть', 'нет', 'я не знаю']],
    ['zh', ['我不想活了', '谢谢', '我害怕']],
  ])('in "%s" is told whom to call each time, in other words, and nothing of what cannot be done', async (language, texts) => {
    const said = (await talk(...texts)).map((heard) => heard.said);
    expect(new Set(said).size).toBe(said.length);
    const { suicide } = house.towns.get('bellerive')!.emergency;
    const cold = own(language)['danger.again']!.split('{')[0]!;
    for (const one of said) {
      expect(one).toContain(suicide);
      expect(one).not.toContain(cold);
    }
  });
});

it('the place of a danger is asked to be told in the language of the danger', async () => {
  for (const [language, text] of [
    ['tr', 'yangın var'],
    ['de', 'es brennt'],
    ['ru', 'пожар'],
    ['zh', '着火了'],
  ] as const) {
    const [, last] = await talk(text, '3 rue des Lilas');
    expect(last!.said).toContain(own(language)['danger.place']!.replace('{place}', '3 rue des Lilas'));
  }
});
