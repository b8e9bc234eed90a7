/** Beyond words: choices, photos, positions, signs of typing and of reading. */
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { until } from '../until';
import type { Person, Seen } from './door';
import { type ChannelCase, type Scene, textOf } from './scene';

const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;
const ASK = 'aide';
const CHOICE = 'Suivre ma demande';

/** The choices as this channel's citizen sees them: buttons, or numbered lines. */
function offered(seen: Seen[]): string[] {
  const { text, buttons } = seen.at(-1)!;
  return buttons.length > 0 ? buttons : [...text.matchAll(/^\d+\. (.+)$/gm)].map(([, title = '']) => title);
}

/** Sends it as it stands: what is still asked are offers. */
async function untilReference({ says }: Scene, person: Person, seen: Seen[]): Promise<string> {
  let last = seen;
  for (let turn = 0; turn < 4 && !REFERENCE.test(textOf(last)); turn += 1) {
    last = await says(person, offered(last).find((title) => /^Envoyer/.test(title)) ?? 'oui');
  }
  const reference = REFERENCE.exec(textOf(last))?.[0];
  if (!reference) throw new Error(`No request was opened; last was said: ${textOf(last)}`);
  return reference;
}

export const offersCases: ChannelCase[] = [
  {
    name: 'choices are seen, and answered by number, by word and as the first or the third',
    async run({ someone, says }) {
      const answers: string[] = [];
      for (const answer of ['3', CHOICE, CHOICE.toLowerCase(), 'le troisième']) {
        const ana = await someone();
        const choices = offered(await says(ana, ASK));
        expect(choices[2]).toBe(CHOICE);
        answers.push(textOf(await says(ana, answer)));
      }
      expect(new Set(answers).size).toBe(1);
      expect(answers[0]).toMatch(/demande|référence/i);
    },
  },
  {
    name: 'a button says what its title says when it is pressed',
    needs: 'buttons',
    async run({ someone, says, hears }) {
      const [ana, ben] = [await someone(), await someone()];
      // Some greet with buttons; others have room for more of them, or greet in words.
      const isOffered = async () => (await ana.seen()).at(-1)!.buttons.includes(CHOICE);
      if (!(await isOffered())) await Promise.all([says(ana, ASK), says(ben, ASK)]);
      expect(await isOffered()).toBe(true);
      expect(textOf(await hears(ana, ana.presses(CHOICE)))).toBe(textOf(await says(ben, CHOICE)));
    },
  },
  {
    name: 'a photo is kept as a file of the request, without the place it was taken at',
    needs: 'photos',
    async run(scene) {
      const { someone, hears, lines, rows, hall, aPhoto, settled } = scene;
      const ana = await someone();
      const sent = ana.sends(await aPhoto(), 'lampadaire cassé devant le 14 rue des Lilas');
      const reference = await untilReference(scene, ana, await hears(ana, sent));
      const [ticket] = await rows.tickets(ana.conversation);
      expect(ticket).toMatchObject({ reference, files: [expect.stringMatching(/./)] });
      const said = (await lines(ana)).find(({ attachments }) => attachments?.length);
      expect(said?.attachments?.[0]?.contentUrl).toMatch(/^\/files\//);
      const id = said?.attachments?.[0]?.contentUrl?.split('/').at(-1);
      const stored = readdirSync(join(hall.dataDir, 'files'), { recursive: true }).map(String);
      const kept = stored.find((file) => basename(file) === id);
      const drawn = await sharp(readFileSync(join(hall.dataDir, 'files', kept ?? 'nowhere'))).metadata();
      expect([drawn.format, drawn.exif]).toEqual(['jpeg', undefined]);
      // The provider's repetitions keep no second file.
      await Promise.all([sent.post(), sent.post(), sent.post()]);
      await settled();
      expect((await rows.tickets(ana.conversation))[0]?.files).toHaveLength(1);
    },
  },
  {
    name: 'a position is the place of the request',
    needs: 'positions',
    async run(scene) {
      const { someone, hears, says, rows } = scene;
      const ana = await someone();
      await hears(ana, ana.pins(48.8049, 2.1204));
      await untilReference(scene, ana, await says(ana, 'lampadaire cassé'));
      expect(await rows.tickets(ana.conversation)).toMatchObject([
        { topic: 'report_street_light', place: { precision: 'pin', latitude: 48.8049, longitude: 2.1204 } },
      ]);
    },
  },
  {
    name: 'a sign that somebody is typing is taken, and is no message',
    needs: 'signs of typing',
    async run({ someone, hears, counts }) {
      const ana = await someone();
      const before = await counts();
      expect(await hears(ana, ana.types())).toEqual([]);
      expect(await counts()).toEqual(before);
    },
  },
  {
    name: 'a citizen is shown that an answer is being written',
    needs: 'signs of writing',
    async run({ someone }) {
      const ana = await someone();
      await until('the sign', () => ana.isShownWriting());
    },
  },
  {
    name: 'that a message was read is known',
    needs: 'read receipts',
    async run({ someone, says, settled, rows }) {
      const ana = await someone();
      await says(ana, 'combien coûte un passeport ?');
      await ana.reads();
      await settled();
      const sent = await rows.database.collection('outbox').find({ conversation: ana.conversation });
      expect(sent.length).toBeGreaterThan(0);
      expect(sent.map(({ receipt }) => receipt)).toEqual(sent.map(() => 'read'));
    },
  },
];
