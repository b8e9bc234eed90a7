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

    // Whatever became of it: another's process must not work off what this one's is killed at.
    afterEach(async () => {
      for (const hall of halls.splice(0)) await hall.stop();
    });

    afterAll(async () => {
      await rows?.close();
      await mongo?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }, 60_000);

    async function start(more: Record<string, string> = {}): Promise<HallProcess> {
      const hall = await startHall({ PORT: '0', ...env, ...more });
      halls.push(hall);
      await until('it is ready', async () => (await fetch(`${hall.url}/readyz`)).ok, 60_000);
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
        if (n < 2) tabs.push(await agents[n]!.listens());
      }
      await until('they are there', async () => (await rows.database.collection('presence').count({})) >= 2);
      const citizens: Citizen[] = [];
      for (let n = 0; n < 3; n += 1) citizens.push(await waiting(two[n % 2]!.url, n));

      /** Asked again under the same id until it is worked off. */
      const claims = async (agent: AgentAtDesk, conversation: string) => {
        const actionId = randomUUID();
        return until('it is worked off', async () => {
          const answer = await agent.does(conversation, { kind: 'claim' }, actionId);
          return answer.status === 202 ? null : answer;
        });
      };
      const winners: string[] = [];
      for (const { conversation } of citizens) {
        const answers = await Promise.all(agents.map(async (agent) => ({ agent, answer: await claims(agent, conversation) })));
        const won = answers.filter(({ answer }) => answer.status === 200);
        expect(won).toHaveLength(1);
        const [row] = await rows.database.collection('conversations').find({ _id: conversation });
        expect(row).toMatchObject({ holder: 'agent', queue: { agent: won[0]!.agent.id } });
        for (const { agent, answer } of answers.filter((one) => one !== won[0])) {
          // Who has one already has no room for another; the others are told who was first.
          if (winners.includes(agent.id)) expect(answer.body.error).toMatchObject({ code: 'full' });
          else expect(answer.body.error).toMatchObject({ code: 'taken', by: { id: won[0]!.agent.id } });
        }
        winners.push(won[0]!.agent.id);
      }
      const slots = (await rows.database.collection('agents').find({})).map((row) => (row.slots as unknown[]).length);
      expect(slots.filter((count) => count > 0)).toEqual([1, 1, 1]);
      for (const citizen of citizens) {
        const heard = await citizen.hears(/vous répond maintenant/, 20_000);
        expect(heard.match(/vous répond maintenant/g)).toHaveLength(1);
      }
      await Promise.all(tabs.map((tab) => tab.close()));
      await rows.nothingLeaked();
    }, 180_000);

    test('who has room for three gets three of five, through whichever process they ask', async () => {
      const two = [await start(), await start()] as const;
      rows ??= await openRows({ config: readConfig(env) });
      const agent = await addAgent(rows.database, 'Odile Blanc', { email: `${randomUUID()}@bellerive.example`, capacity: 3 });
      const both = [await signIn(two[0].url, agent), await signIn(two[1].url, agent)] as const;
      const tab = await both[0].listens();
      await until('she is there', async () => (await rows.database.collection('presence').find({ agent: agent.id })).length > 0);
      const five: Citizen[] = [];
      for (let n = 0; n < 5; n += 1) five.push(await waiting(two[n % 2]!.url, n));
      await Promise.all(five.map(({ conversation }, n) => both[n % 2]!.does(conversation, { kind: 'claim' })));
      await rows.nothingLeaked();
      expect(await rows.database.collection('conversations').count({ holder: 'agent', 'queue.agent': agent.id })).toBe(3);
      expect((await rows.database.collection('agents').find({ _id: agent.id }))[0]?.slots).toHaveLength(3);
      const left = (await both[1].list('queue')).items.find(({ id }) => five.some(({ conversation }) => conversation === id))!;
      expect((await both[1].does(left.id, { kind: 'claim' })).body.error).toMatchObject({ code: 'full', capacity: 3 });
      expect((await both[1].does(left.id, { kind: 'claim', beyondCapacity: true })).status).toBeLessThan(300);
      await tab.close();
    }, 120_000);

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
