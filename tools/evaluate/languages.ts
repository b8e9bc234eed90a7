/** Which language: real short messages, as typed and without their accents, among the town's languages. */
import type { Understanding } from '../../src/understanding';
import { percent, type Table } from './table';

const NOW = new Date('2026-11-23T09:00:00Z');
const MOST = 1_000;

export interface Said {
  text: string;
  language: string;
}

export async function evaluateLanguages(
  samples: Array<{ name: string; said: Said[] }>,
  pipeline: Understanding,
  town: string,
): Promise<Table> {
  const rows: Array<Array<string | number>> = [];
  for (const { name, said } of samples) {
    const some = said.filter(({ text }) => /\p{L}{2}/u.test(text)).slice(0, MOST);
    const share = async (change: (text: string) => string) => {
      let right = 0;
      for (const { text, language } of some) {
        const heard = await pipeline.hear(change(text), { town, prior: null, now: NOW });
        if (heard.language.code === language && !heard.language.foreign) right++;
      }
      return percent(right, some.length);
    };
    const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    const short = (text: string) => plain(text).split(/\s+/).slice(0, 4).join(' ');
    rows.push([name, some.length, await share((text) => text), await share(plain), await share(short)]);
  }
  return {
    title: 'Language of a message',
    columns: ['set', 'messages', 'right, %', 'without accents, %', 'first four words without accents, %'],
    rows,
  };
}
