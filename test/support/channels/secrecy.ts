/** Whose words they are: no other citizen, no other town, no log ever has them; and who said stop is left alone. */
import { AGENT, type ChannelCase, textOf } from './scene';

const REPORT = 'lampadaire cassé devant le 14 rue des Lilas';

export const secrecyCases: ChannelCase[] = [
  {
    name: "a citizen's thread is seen by nobody else",
    async run({ someone, says, intrusions, counts, settled }) {
      const [ana, ben] = [await someone(), await someone()];
      expect(ana.conversation).not.toBe(ben.conversation);
      expect(textOf(await says(ana, REPORT))).toMatch(/Lilas/);
      const before = await counts();
      for (const [what, delivery] of intrusions(ben, ana)) {
        const { status, text } = await delivery.post();
        expect([what, [403, 404].includes(status), text.includes('Lilas')]).toEqual([what, true, false]);
      }
      await settled();
      expect(await counts()).toEqual(before);
      await says(ben, 'où en est mon signalement ?');
      expect(textOf(await ben.seen())).not.toMatch(/Lilas/);
      expect(textOf(await ana.seen())).toMatch(/Lilas/);
    },
  },
  {
    name: "two towns' citizens do not mix, not even one who writes to both",
    needs: 'two towns',
    async run({ someone, says, rows }) {
      const city = await someone('bellerive');
      const village = await someone('saint-aubin', city);
      expect(textOf(await city.seen())).toMatch(/Bellerive/);
      expect(textOf(await village.seen())).toMatch(/Saint-Aubin/);
      expect(textOf(await village.seen())).not.toMatch(/Bellerive/i);
      await says(city, REPORT);
      await says(village, 'où en est mon signalement ?');
      expect(textOf(await village.seen())).not.toMatch(/Lilas/);
      expect(village.conversation).not.toBe(city.conversation);
      for (const { conversation, town } of [city, village]) {
        const lines = await rows.transcript(conversation);
        expect(lines.length).toBeGreaterThan(2);
        expect(new Set(lines.map((line) => line.town))).toEqual(new Set([town]));
      }
    },
  },
  {
    name: 'a citizen who says stop is left alone until they say start',
    needs: 'opt-out words',
    async run({ someone, says, rows }) {
      const ana = await someone();
      expect(textOf(await says(ana, 'STOP'))).toMatch(/START/);
      expect(await says(ana, 'combien coûte un passeport ?')).toEqual([]);
      const proofs = await rows.database.collection('ledger').find({ kind: 'consent', words: 'STOP' });
      expect(proofs.filter(({ channel }) => channel).at(-1)).toMatchObject({ given: false, town: ana.town });
      await says(ana, 'START');
      expect(textOf(await says(ana, 'combien coûte un passeport ?'))).toMatch(/86/);
    },
  },
  {
    name: 'what an agent writes arrives; a note to colleagues, the family name and the id of the agent never leave',
    async run({ someone, says, agentWrites, rows, log }) {
      const ana = await someone();
      await says(ana, 'combien coûte un passeport ?');
      const seen = await agentWrites(ana, { text: 'Je regarde votre dossier.', note: 'ATTENTION dossier sensible' });
      expect(seen).toHaveLength(1);
      expect(textOf(seen)).toMatch(/Je regarde votre dossier\./);
      await says(ana, 'merci');
      const lines = await rows.transcript(ana.conversation);
      const written = lines.filter(({ from }) => from !== 'bot' && from !== 'citizen');
      expect(written.map(({ from, agent }) => [from, (agent as { id: string } | undefined)?.id])).toEqual([
        ['note', AGENT.id],
        ['agent', AGENT.id],
        ['note', undefined],
      ]);
      const everything = [await ana.wire(), JSON.stringify(await rows.database.collection('outbox').find({})), ...log].join('\n');
      expect(everything).toContain('Je regarde votre dossier.');
      expect(['ATTENTION', 'dossier sensible', 'Quatrevaux', AGENT.id].filter((secret) => everything.includes(secret))).toEqual(
        [],
      );
    },
  },
  {
    name: 'no address, name, token or word of a citizen stands in a log, and no address in a message',
    async run({ people, told, log, someone, says, forged }) {
      const [ana] = [await someone(), await someone()];
      await says(ana, REPORT);
      for (const [, delivery] of forged(ana)) await delivery.post();
      // Whatever a library prints would be a line of its own, and no event.
      expect(log.filter((line) => !line.startsWith('{"level":'))).toEqual([]);
      const logged = log.join('\n');
      const secrets = people.flatMap((person) => person.secrets);
      const words = told.filter((text) => text.length > 8);
      const written = (text: string) => logged.includes(text) || logged.includes(JSON.stringify(text).slice(1, -1));
      expect([...secrets, ...words].filter(written)).toEqual([]);
      const seen = (await Promise.all(people.map(async (person) => textOf(await person.seen())))).join('\n');
      expect(secrets.filter((secret) => seen.includes(secret))).toEqual([]);
    },
  },
];
