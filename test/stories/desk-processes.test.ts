/**
 * The desk over two processes, and over one that is killed: of many agents one has a conversation, nobody gets more than
 * fits, and what was decided happens once.
 */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { freePort } from '../../tools/free-port';
import { startMongo } from '../../tools/mongo-server';
import { type AgentAtDesk, addAgent, type Listening, signIn } from '../support/agent-at-desk';
import { type Citizen, createCitizen } from '../support/citizen';
import { until } from '../support/direct-line';
import { type HallProcess, startHall } from '../support/processes';
import { openRows, type Rows } from '../support/rows';
import { backs, noteSkip } from '../support/scratch';

/** The towns, open round the clock, so that the story passes at any hour of any day. */
function townsAlwaysOpen(folder: string): string {
  const towns = join(folder, 'towns');
  cpSync(join(__dirname, '../../towns'), towns, { recursive: true });
  const file = join(towns, 'bellerive', 'town.yml');
  const always =
    'exceptional_days:\n  - { from: 2026-01-01, to: 2035-12-31, reason: { fr: Essai, en: Trial }, hours: "00:00-24:00" }\n';
  writeFileSync(file, readFileSync(file, 'utf8').replace('exceptional_days:\n', always));
  return towns;
}

for (const back of backs) {
  if (back.missing) noteSkip(back.missing);
  (back.missing ? describe.skip : describe)(`on ${back.kind}`, () => {
    let mongo: Awaited<ReturnType<typeof startMongo>> | undefined;
    let dataDir: string;
    let env: Record<string, string>;
    let rows: Rows;
    const halls: HallProcess[] = [];

    beforeAll(async () => {
      if (back.kind === 'mongo') mongo = await startMongo();
      dataDir = mkdtempSync(join(tmpdir(), 'guichet-desk-'));
      env = {
        TOWNS_DIR: townsAlwaysOpen(dataDir),
        DATA_DIR: join(dataDir, 'data'),
        ...(mongo ? { STORE: 'mongo', MONGODB_URI: mongo.uri } : {}),
      };
    }, 60_000);

    afterAll(async () => {
      await rows?.close();
      for (const hall of halls) await hall.stop();
      await mongo?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }, 60_000);

    async function start(more: Record<string, string> = {}): Promise<HallProcess> {
      const hall = await startHall({ PORT: '0', ...env, ...more });
      halls.push(hall);
      return hall;
    }

    async function waiting(url: string, n: number): Promise<Citizen> {
      const citizen = await createCitizen(url, { locale: 'fr' });
      await citizen.says(`je veux parler à une personne, mon dossier numéro ${n}`);
      await citizen.hears(/mets en relation/, 30_000);
      return citizen;
    }

    test('twenty agents over two processes go for the same ones: each conversation has one, and nobody more than fits', async () => {
      const two = [await start(), await start()] as const;
      rows = await openRows({ config: readConfig(env) });
      const agents: AgentAtDesk[] = [];
      const tabs: Listening[] = [];
      for (let n = 0; n < 20; n += 1) {
        const hall = two[n % 2]!;
        agents.push(await signIn(hall.url, await addAgent(rows.database, `Agent${n} Martin`, { capacity: 1 })));
        tabs.push(await agents[n]!.listens());
      }
      await until('they are there', async () => (await rows.database.collection('presence').count({})) >= 20);
      const citizens: Citizen[] = [];
      for (let n = 0; n < 3; n += 1) citizens.push(await waiting(two[n % 2]!.url, n));

      // Everybody goes for all three at once.
      const answers = await Promise.all(
        agents.flatMap((agent) =>
          citizens.map(async ({ conversation }) => ({ conversation, answer: await agent.does(conversation, { kind: 'claim' }) })),
        ),
      );
      for (const { conversation } of citizens) {
        const won = answers.filter((one) => one.conversation === conversation && one.answer.status === 200);
        expect(won).toHaveLength(1);
      }
      const refusals = answers.filter(({ answer }) => answer.status !== 200).map(({ answer }) => answer.body.error?.code);
      expect(new Set(refusals)).toEqual(new Set([...new Set(refusals)].filter((code) => code === 'taken' || code === 'full')));
      const slots = (await rows.database.collection('agents').find({})).map((row) => row.slots as unknown[]);
      expect(Math.max(...slots.map((each) => each.length))).toBe(1);
      for (const citizen of citizens) {
        const heard = await citizen.hears(/vous répond maintenant/, 20_000);
        expect(heard.match(/vous répond maintenant/g)).toHaveLength(1);
      }
      await Promise.all(tabs.map((tab) => tab.close()));
      await rows.nothingLeaked();
      await Promise.all(two.map((hall) => hall.stop()));
    }, 180_000);

    test.each(['turn:decided', 'turn:saved', 'effect:say', 'effects:done'])(
      'killed at %s in the middle of a claim: it is done once, and the agent who asks again is told so',
      async (step) => {
        const port = await freePort();
        rows ??= await openRows({ config: readConfig(env) });
        let hall = await start({ PORT: String(port) });
        const agent = await addAgent(rows.database, `Agent-${step.replace(/\W/g, '')}-${back.kind} Martin`, {
          email: `${randomUUID()}@bellerive.example`,
        });
        const first = await signIn(hall.url, agent);
        const tab = await first.listens();
        await until(
          'they are there',
          async () => (await rows.database.collection('presence').find({ agent: agent.id })).length > 0,
        );
        const ana = await waiting(hall.url, 7);
        await tab.close();
        await hall.stop();

        hall = await start({ PORT: String(port), CRASH_AT: step, CRASH_TURN: '1' });
        const actionId = randomUUID();
        await expect(first.does(ana.conversation, { kind: 'claim' }, actionId)).rejects.toThrow();
        expect(await hall.ended).toBe('SIGKILL');

        hall = await start({ PORT: String(port) });
        const again = await until('it is worked off', async () => {
          const answer = await first.does(ana.conversation, { kind: 'claim' }, actionId);
          return answer.status === 202 ? null : answer;
        });
        expect(again.status).toBe(200);
        expect((await ana.hears(/vous répond maintenant/, 20_000)).match(/vous répond maintenant/g)).toHaveLength(1);
        const row = (await rows.database.collection('conversations').find({ _id: ana.conversation }))[0];
        expect(row).toMatchObject({ holder: 'agent', queue: { agent: agent.id } });
        expect((await rows.database.collection('agents').find({ _id: agent.id }))[0]?.slots).toHaveLength(1);
        await rows.nothingLeaked();
        await hall.stop();
      },
      120_000,
    );
  });
}
