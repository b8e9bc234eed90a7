/** A message arrives: written down before it is answered for, once, in order, and from nobody but the channel. */
import { type ChannelCase, textOf } from './scene';

const PRICE = 'combien coûte un passeport ?';

export const arrivalCases: ChannelCase[] = [
  {
    name: 'a message is written down before it is answered with 200, and its reply reaches the citizen',
    async run({ someone, rows, settled }) {
      const ana = await someone();
      const before = (await ana.seen()).length;
      const { status } = await ana.writes(PRICE).post();
      const written = await rows.database.collection('inbox').find({ conversation: ana.conversation });
      expect(status).toBe(200);
      expect(written.map(({ activity }) => (activity as { text?: string }).text)).toContain(PRICE);
      await settled();
      expect(textOf((await ana.seen()).slice(before))).toMatch(/86/);
    },
  },
  {
    name: 'what cannot be written down is not answered with 200, and the same delivery later is new',
    async run({ someone, diskFull, counts, hears, lines }) {
      const ana = await someone();
      const delivery = ana.writes(PRICE);
      const before = await counts();
      diskFull(true);
      const refused = await delivery.post();
      diskFull(false);
      expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '1']);
      expect(refused.text).not.toMatch(/disk/);
      expect(await counts()).toEqual(before);
      expect(textOf(await hears(ana, delivery))).toMatch(/86/);
      expect((await lines(ana)).filter(({ text }) => text === PRICE)).toHaveLength(1);
    },
  },
  {
    name: 'the same delivery again is heard once',
    async run({ someone, hears, lines }) {
      const ana = await someone();
      const delivery = ana.writes(PRICE);
      expect(await hears(ana, delivery)).toHaveLength(1);
      expect(await hears(ana, delivery)).toEqual([]);
      expect((await lines(ana)).filter(({ text }) => text === PRICE)).toHaveLength(1);
    },
  },
  {
    name: 'twenty deliveries of one message at once are one message',
    async run({ someone, lines, settled }) {
      const ana = await someone();
      const before = (await ana.seen()).length;
      const delivery = ana.writes(PRICE);
      const answers = await Promise.all(Array.from({ length: 20 }, () => delivery.post()));
      expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
      await settled();
      expect((await ana.seen()).slice(before)).toHaveLength(1);
      expect((await lines(ana)).filter(({ text }) => text === PRICE)).toHaveLength(1);
    },
  },
  {
    name: 'messages sent one behind the other are heard and answered in that order',
    async run({ someone, lines, settled }) {
      const ana = await someone();
      const before = (await ana.seen()).length;
      const said = [
        PRICE,
        'quel jour passent les poubelles jaunes ?',
        'how do I renew my identity card?',
        'le prix du passeport ?',
      ];
      for (const text of said) await ana.writes(text).post();
      await settled();
      const heard = (await lines(ana)).map(({ text }) => text).filter((text) => said.includes(text ?? ''));
      expect(heard).toEqual(said);
      const replies = (await ana.seen()).slice(before).map(({ text }) => text);
      expect(replies).toHaveLength(said.length);
      for (const [n, expected] of [/86/, /jaune/i, /identity card/i, /86|passeport/i].entries())
        expect(replies[n]).toMatch(expected);
    },
  },
  {
    name: 'what is forged is refused, and nothing is written',
    async run({ someone, forged, counts, settled, log }) {
      const ana = await someone();
      const before = await counts();
      for (const [what, delivery] of forged(ana)) {
        const { status } = await delivery.post();
        expect([what, [400, 401, 403].includes(status) ? 'refused' : status]).toEqual([what, 'refused']);
      }
      await settled();
      expect(await counts()).toEqual(before);
      expect(log.join('\n')).not.toContain('Une phrase inventée');
    },
  },
  {
    name: 'what cannot be read is refused with a reason, never with a fault of ours, and nothing is written',
    async run({ someone, malformed, counts, settled, log }) {
      const ana = await someone();
      const before = await counts();
      const address = new RegExp(ana.secrets.map((secret) => secret.replace(/[^\w]/g, '.')).join('|'));
      for (const [what, delivery] of malformed(ana)) {
        const { status, text } = await delivery.post();
        expect([what, status >= 400 && status < 500 ? 'refused' : status]).toEqual([what, 'refused']);
        expect([what, text]).toEqual([what, expect.stringMatching(/\w/)]);
        expect(text).not.toMatch(address);
      }
      await settled();
      expect(await counts()).toEqual(before);
      expect(log.filter((line) => line.includes('request.failed'))).toEqual([]);
    },
  },
  {
    name: 'a field nobody knows yet, or that is null, does no harm',
    async run({ someone, hears }) {
      const ana = await someone();
      const unknown = { Tomorrow: 'x', 'a.b': '1', $where: 'sleep(9)', __proto__x: '{}', constructor: 'no', Été: 'é' };
      const empty = { value: null, locale: null, name: null, entities: null, attachments: null, replyToId: null };
      expect(textOf(await hears(ana, ana.writes(PRICE, unknown)))).toMatch(/86/);
      expect(textOf(await hears(ana, ana.writes('quel jour passent les poubelles jaunes ?', empty)))).toMatch(/jaune/);
    },
  },
];
