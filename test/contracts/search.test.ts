/** The desk's search keeps its promises in every store: accents, the word that is only begun, all words, rights, what is gone. */
import { createStore } from '../../src/store/store';
import { describeBacks } from '../support/scratch';

describeBacks('search', (_back, scratch) => {
  async function open() {
    const { search } = createStore(await scratch().open());
    await search.prepare();
    const put = (n: number, text: string, service = 'roads', town = 't', version = 1) =>
      search.put({ id: `ticket:${town}:${n}`, kind: 'ticket', town, service, at: n, title: text, excerpt: '', version }, text);
    const find = async (typed: string, services: string[] | 'all' = 'all') =>
      (await search.find('t', services, typed, 10)).map(({ at }) => at);
    return { search, put, find };
  }

  test('words are found without their accents and capitals, the last one from its beginning, all of them together', async () => {
    const { put, find } = await open();
    await put(1, "Bouche d'ÉGOUT débordée, avenue Jean-Jaurès");
    await put(2, 'Un égout rue Victor Hugo');
    await put(3, 'Arbre penché avenue Jean Jaurès');
    expect(await find('egout')).toEqual([2, 1]);
    expect(await find('Égo')).toEqual([2, 1]);
    expect(await find('égout jaur')).toEqual([1]);
    expect(await find('jaurès égout')).toEqual([1]);
    expect(await find('egou jaurès')).toEqual([]);
    expect(await find('hugo victor égout')).toEqual([2]);
    for (const nothing of ['', ' ', '!?', 'zz', '$ne', '__proto__']) expect(await find(nothing)).toEqual([]);
  });

  test('what has a rare word is found beside however many that have the other words, in whatever order they are typed', async () => {
    const { put, find } = await open();
    await put(1, 'lampadaire et girouette rue des Lilas');
    for (let n = 2; n < 2200; n += 100)
      await Promise.all(Array.from({ length: 100 }, (_, each) => put(n + each, 'lampadaire rue des Lilas')));
    for (const typed of [
      'girouette',
      'lampadaire girouette',
      'girouette lampadaire',
      'lilas girou',
      'rue lampadaire girouette li',
    ])
      expect([typed, await find(typed)]).toEqual([typed, [1]]);
    expect(await find('lampadaire lilas')).toHaveLength(10);
    // One of another service, older than a thousand that are not to be seen.
    await put(0, 'lampadaire rue des Lilas', 'parks');
    expect((await find('lampadaire rue', ['roads']))[0]).toBe(2201);
  });

  test('another town and another service are not found', async () => {
    const { put, find } = await open();
    await put(1, 'égout', 'roads');
    await put(2, 'égout', 'parks');
    await put(3, 'égout', 'roads', 'u');
    expect(await find('égout')).toEqual([2, 1]);
    expect(await find('égout', ['parks'])).toEqual([2]);
    expect(await find('égout', [])).toEqual([]);
  });

  test('a newer version replaces the words, an older one changes nothing, what is dropped is gone', async () => {
    const { search, put, find } = await open();
    await put(1, 'lampadaire cassé', 'roads', 't', 2);
    await put(1, 'nid de poule', 'roads', 't', 1);
    expect([await find('lampadaire'), await find('poule')]).toEqual([[1], []]);
    await put(1, 'nid de poule', 'roads', 't', 3);
    expect([await find('lampadaire'), await find('poule')]).toEqual([[], [1]]);
    await search.drop('ticket:t:1');
    expect(await find('poule')).toEqual([]);
  });
});
