/** Nothing typed by a citizen is ever interpreted: it arrives as it was written, and comes back so. */
import { type ChannelCase, textOf } from './scene';

const TEXTS: Record<string, string> = {
  'one letter': 'à',
  'emoji only': '🦔🇫🇷👩‍👩‍👧',
  'a NUL byte': 'un lampa\0daire en panne',
  'halves of characters': 'rue \ud83d perdue \udc94',
  HTML: '<img src=x onerror=alert(1)><b>un trou</b>&amp;',
  markdown: '**gras** [ici](javascript:alert(1)) # titre',
  'a formula': "=cmd()|'/c calc'!A0",
  'an operator': '{"$ne": null} $ne [$gt]=1',
  'places for variables': '{reference} {{1}} $' + '{7*7} %s \\n',
  'another direction of writing': '\u202eélibom nU \u200f',
  'signs of control': 'bip\u0007\u001b[31mrouge\u001b[0m',
  '1,600 characters': 'Mon voisin a coupé la haie. '.repeat(58).slice(0, 1600),
  '10,000 characters': 'x'.repeat(10_000),
};

/** What NUL and halves of characters become: no store and no screen holds them. */
const kept = (text: string) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{FFFD}');

const ODDITY = `=cmd()|'/c calc'!A0 <b onclick=alert(1)>dossier</b> **gras** [x](javascript:1) {"$ne":null} {{1}} {label} $& \${1}`;

export const wordsCases: ChannelCase[] = [
  ...Object.entries(TEXTS).map(
    ([what, text]): ChannelCase => ({
      name: `${what}: heard as written, answered, and the next message too`,
      async run({ someone, says, lines }) {
        const ana = await someone();
        const replies = await says(ana, text);
        expect((await lines(ana)).at(-1)?.text).toBe(kept(text));
        expect(replies.length).toBeGreaterThan(0);
        for (const reply of replies) {
          expect(reply.text).not.toBe('');
          expect(reply.text).not.toMatch(/\p{Surrogate}|\0/u);
        }
        expect(textOf(await says(ana, 'combien coûte un passeport ?'))).toMatch(/86/);
      },
    }),
  ),
  {
    name: 'what a citizen says of their request is read back to them as they wrote it',
    async run({ someone, says }) {
      const ana = await someone();
      await says(ana, 'je veux parler à quelqu’un');
      const replies = await says(ana, ODDITY);
      const summary = `${textOf(replies)}\n${textOf(await says(ana, '06 39 98 45 67'))}`;
      expect(summary).toContain(ODDITY);
    },
  },
  {
    name: 'a message without anything in it is put aside or refused, and stops nobody',
    async run({ someone, empty, says, settled }) {
      const ana = await someone();
      const { delivery, status } = empty(ana);
      expect((await delivery.post()).status).toBe(status);
      await settled();
      expect(textOf(await says(ana, 'combien coûte un passeport ?'))).toMatch(/86/);
    },
  },
];
