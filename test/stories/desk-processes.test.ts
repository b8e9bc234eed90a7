/**
 * The desk over two processes, one of which is killed now and then: of many agents one has a conversation, nobody gets more
 * than fits, and what was decided happens once, whoever carries it out.
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
import { type HallProcess, startHall } from '../support/processes';
import { openRows, type Rows } from '../support/rows';
import { backs, noteSkip } from '../support/scratch';
import { until } from '../support/until';

/** The towns, open round the clock, so that the story passes at any hour of any day; the roads department offers what waits. */
function townsAlwaysOpen(folder: string): string {
  const towns = join(folder, 'towns');
  cpSync(join(__dirname, '../../towns'), towns, { recursive: true });
  const file = join(towns, 'bellerive', 'town.yml');
  const always =
    'exceptional_days:\n  - { from: 2026-01-01, to: 2035-12-31, reason: { fr: Essai, en: Trial }, hours: "00:00-24:00" }\n';
  const written = readFileSync(file, 'utf8')
    .replace('exceptional_days:\n', always)
    .replace('  - id: voirie\n', '  - id: voirie\n    routing: offer\n');
  writeFileSync(file, written);
  return towns;
}

const STEPS = ['turn:decided', 'turn:saved', 'effect:say', 'effects:done'];

for (const back of backs) {
  if (back.missing) noteSkip(back.missing);
  (back.missing ? describe.skip : describe)(`on ${back.kind}`, () => {
    let mongo: Awaited<ReturnType<typeof startMongo>> | undefined;
    let dataDir: string;
    let env: Record<string, string>;
    let rows: Rows;
    let first: HallProcess;
    let second: HallProcess;
    let port: number;

    const crashFile = () => join(dataDir, 'crash-at');

    async function start(more: Record<string, string> = {}): Promise<HallProcess> {
      const hall = await startHall({ PORT: '0', ...env, ...more });
      await until('it is ready', async () => (await fetch(`${hall.url}/readyz`).catch(() => null))?.ok);
      return hall;
    }

    const startFirst = () => start({ PORT: String(port), CRASH_FILE: crashFile() });

    beforeAll(async () => {
      if (back.kind === 'mongo') mongo = await startMongo();
      dataDir = mkdtempSync(join(tmpdir(), 'guichet-desk-'));
      port = await freePort();
      env = {
        TOWNS_DIR: townsAlwaysOpen(dataDir),
        DATA_DIR: join(dataDir, 'data'),
        ...(mongo ? { STORE: 'mongo', MONGODB_URI: mongo.uri } : {}),
      };
      first = await startFirst();
      // It looks for others' work seldom: it would be faster at times than the one that is to be killed at it.
      second = await start({ SWEEP_MS: '30000' });
      rows = await openRows({ config: readConfig(env) });
    });

    afterAll(async () => {
      await Promise.all([first?.stop(), second?.stop()]);
      await rows?.close();
      await mongo?.stop();
      rmSync(dataDir, { recursive: true, force: true });
    });

    const urls = () => [first.url, second.url] as const;
    const row = async (collection: string, id: string) => (await rows.database.collection(collection).find({ _id: id }))[0];

    async function waiting(url: string, words = 'je veux parler à une personne, mon dossier'): Promise<Citizen> {
      const citizen = await createCitizen(url, { locale: 'fr' });
      await citizen.says(words);
      await citizen.hears(/mets en relation/);
      return citizen;
    }

    async function comesIn(url: string, given: Parameters<typeof addAgent>[2]): Promise<{ desk: AgentAtDesk; tab: Listening }> {
      const agent = await addAgent(rows.database, 'Odile Blanc', { email: `${randomUUID()}@bellerive.example`, ...given });
      const desk = await signIn(url, agent);
      const tab = await desk.listens();
      await until('they are there', async () => (await rows.database.collection('presence').find({ agent: desk.id })).length > 0);
      return { desk, tab };
    }

    /** Asked again under the same id until it is worked off. */
    async function claims(agent: AgentAtDesk, conversation: string, actionId = randomUUID()) {
      return until('it is worked off', async () => {
        const answer = await agent.does(conversation, { kind: 'claim' }, actionId);
        return answer.status === 202 ? null : answer;
      });
    }

    test('twenty agents over two processes go for the same ones: each conversation has one, and nobody more than fits', async () => {
      const agents: AgentAtDesk[] = [];
      const tabs: Listening[] = [];
      const given = { capacity: 1, roles: [{ role: 'agent' as const, services: ['accueil'] }] };
      for (let n = 0; n < 20; n += 1) {
        const url = urls()[n % 2]!;
        const email = `${randomUUID()}@bellerive.example`;
        agents.push(await signIn(url, await addAgent(rows.database, `Agent${n} Martin`, { ...given, email })));
        if (n < 2) tabs.push(await agents[n]!.listens());
      }
      await until('they are there', async () => (await rows.database.collection('presence').count({})) >= 2);
      const citizens = await Promise.all([0, 1, 2].map((n) => waiting(urls()[n % 2]!)));
      const winners: string[] = [];
      for (const { conversation } of citizens) {
        const answers = await Promise.all(agents.map(async (agent) => ({ agent, answer: await claims(agent, conversation) })));
        const won = answers.filter(({ answer }) => answer.status === 200);
        expect(won).toHaveLength(1);
        expect(await row('conversations', conversation)).toMatchObject({ holder: 'agent', queue: { agent: won[0]!.agent.id } });
        for (const { agent, answer } of answers.filter((one) => one !== won[0])) {
          // Who has one already has no room for another; the others are told who was first.
          if (winners.includes(agent.id)) expect(answer.body.error).toMatchObject({ code: 'full' });
          else expect(answer.body.error).toMatchObject({ code: 'taken', by: { id: won[0]!.agent.id } });
        }
        winners.push(won[0]!.agent.id);
      }
      const slots = (await rows.database.collection('agents').find({})).map((each) => (each.slots as unknown[]).length);
      expect(slots.filter((count) => count > 0)).toEqual([1, 1, 1]);
      for (const citizen of citizens) {
        const heard = await citizen.hears(/vous répond maintenant/);
        expect(heard.match(/vous répond maintenant/g)).toHaveLength(1);
      }
      await Promise.all(tabs.map((tab) => tab.close()));
      await rows.nothingLeaked();
    });

    test.each(STEPS)(
      'killed at %s in the middle of a claim: it is done once, and the agent who asks again elsewhere is told so',
      async (step) => {
        const { desk, tab } = await comesIn(first.url, { roles: [{ role: 'agent', services: ['accueil'] }] });
        const ana = await waiting(second.url);
        await tab.close();
        const actionId = randomUUID();
        writeFileSync(crashFile(), step);
        await expect(desk.does(ana.conversation, { kind: 'claim' }, actionId)).rejects.toThrow();
        expect(await first.ended).toBe('SIGKILL');
        rmSync(crashFile());
        first = await startFirst();
        expect((await claims(desk.at(second.url), ana.conversation, actionId)).status).toBe(200);
        expect((await ana.hears(/vous répond maintenant/)).match(/vous répond maintenant/g)).toHaveLength(1);
        expect(await row('conversations', ana.conversation)).toMatchObject({ holder: 'agent', queue: { agent: desk.id } });
        expect((await row('agents', desk.id))?.slots).toHaveLength(1);
        await rows.nothingLeaked();
      },
    );

    test.each(['turn:saved', 'effect:say'])(
      'killed at %s with an agent’s answer on its way: the citizen reads it once, and the agent who asks again is told it was said',
      async (step) => {
        const { desk, tab } = await comesIn(first.url, { roles: [{ role: 'agent', services: ['accueil'] }] });
        const ana = await waiting(second.url);
        await claims(desk, ana.conversation);
        await ana.hears(/vous répond maintenant/);
        await tab.close();
        const actionId = randomUUID();
        const said = { kind: 'say', text: 'Le guichet 3 vous attend.', seenLine: 99 };
        writeFileSync(crashFile(), step);
        await expect(desk.does(ana.conversation, said, actionId)).rejects.toThrow();
        expect(await first.ended).toBe('SIGKILL');
        rmSync(crashFile());
        first = await startFirst();
        const answer = await until('it is worked off', async () => {
          const answered = await desk.at(second.url).does(ana.conversation, said, actionId);
          return answered.status === 202 ? null : answered;
        });
        expect(answer.status).toBe(200);
        await ana.hears(/Le guichet 3/);
        await rows.nothingLeaked();
        const lines = await rows.transcript(ana.conversation);
        expect(lines.filter(({ activity }) => (activity as { text?: string }).text === said.text)).toHaveLength(1);
      },
    );

    test.each(['turn:saved', 'effect:say'])(
      'killed at %s with a conversation on its way to another service: it waits there once, its note and its citizen with it',
      async (step) => {
        const { desk, tab } = await comesIn(first.url, { roles: [{ role: 'agent', services: ['accueil', 'etat-civil'] }] });
        const ana = await waiting(second.url);
        await claims(desk, ana.conversation);
        await ana.hears(/vous répond maintenant/);
        await tab.close();
        const actionId = randomUUID();
        const passed = { kind: 'transfer', service: 'etat-civil', note: 'Un acte pour lundi.' };
        writeFileSync(crashFile(), step);
        await expect(desk.does(ana.conversation, passed, actionId)).rejects.toThrow();
        expect(await first.ended).toBe('SIGKILL');
        rmSync(crashFile());
        first = await startFirst();
        const answer = await until('it is worked off', async () => {
          const answered = await desk.at(second.url).does(ana.conversation, passed, actionId);
          return answered.status === 202 ? null : answered;
        });
        expect(answer.status).toBe(200);
        expect((await ana.hears(/passe à un autre service/)).match(/autre service/g)).toHaveLength(1);
        await rows.nothingLeaked();
        expect(await row('conversations', ana.conversation)).toMatchObject({ holder: 'queue', queue: { service: 'etat-civil' } });
        const notes = (await rows.transcript(ana.conversation)).filter(({ from }) => from === 'note');
        expect(notes.map(({ activity }) => (activity as { text?: string }).text)).toEqual([passed.note]);
        await until(
          'no place is held by it',
          async () => ((await row('agents', desk.id))?.slots as unknown[] | undefined)?.length === 0,
        );
        await claims(desk.at(second.url), ana.conversation);
        expect((await desk.at(second.url).does(ana.conversation, { kind: 'giveBack' })).status).toBe(200);
      },
    );

    test('fifty who come at once are offered to whoever has room, one at a time, over a router that is killed: never a fourth', async () => {
      const roads = { capacity: 3, roles: [{ role: 'agent' as const, services: ['voirie'] }] };
      const two = [await comesIn(first.url, roads), await comesIn(second.url, roads)] as const;
      const fifty = await Promise.all(
        Array.from({ length: 50 }, (_, n) => waiting(urls()[n % 2]!, "je veux parler à quelqu'un de la voirie")),
      );
      const held = () => rows.database.collection('conversations').find({ holder: 'agent', 'queue.service': 'voirie' });
      const takesOffers = async ({ desk }: (typeof two)[number], url: string) => {
        const offered = (await row('agents', desk.id))?.offering as { conversation: string } | undefined;
        if (offered)
          await desk
            .at(url)
            .does(offered.conversation, { kind: 'claim' })
            .catch(() => {});
      };
      await until('one has been taken', async () => {
        await takesOffers(two[0], second.url);
        return (await held()).length > 0;
      });
      const router = (await row('jobs', 'router:bellerive'))?.owner;
      await first.kill9();
      const restarted = startFirst();
      await until('both have all they can hold', async () => {
        for (const one of two) await takesOffers(one, second.url);
        return (await held()).length === 6;
      });
      first = await restarted;
      await until('no offer is left', async () => {
        const people = await rows.database.collection('agents').find({});
        return people.every(({ offering }) => !offering);
      });
      expect(router).toEqual(expect.any(String));
      for (const { desk } of two) {
        expect((await held()).filter(({ queue }) => (queue as { agent?: string }).agent === desk.id)).toHaveLength(3);
        expect((await row('agents', desk.id))?.slots).toHaveLength(3);
      }
      expect(await rows.database.collection('conversations').count({ holder: 'queue', 'queue.service': 'voirie' })).toBe(44);
      expect(fifty).toHaveLength(50);
      await Promise.all(two.map(({ tab }) => tab.close()));
    });
  });
}
