/** One town hall for all cases of a channel, with what they look through: its rows, its log, its citizens' screens. */
import { format } from 'node:util';
import type { Conversation } from '../../../src/domain/conversation';
import type { Decide } from '../../../src/domain/decision';
import type { Activity } from '../../../src/domain/message/activity';
import { type CityHall, openCityHall } from '../city-hall';
import { photo } from '../pictures';
import { openRows, type Rows } from '../rows';
import { until } from '../until';
import type { Ability, ChannelDriver, Delivery, OpenDoor, Person, Seen } from './door';

export interface Scene extends Omit<OpenDoor, 'idle' | 'close'> {
  driver: ChannelDriver;
  hall: CityHall;
  rows: Rows;
  /** Everything anybody was told by the server's own log or the console. */
  log: string[];
  people: Person[];
  /** Texts citizens wrote. */
  told: string[];
  /** An agent of the town hall writes to the citizen, and a note to colleagues; what the person then sees beyond what they saw. */
  agentWrites(person: Person, said: { text: string; note: string }): Promise<Seen[]>;
  /** While it is on, no message can be written down. */
  diskFull(isFull: boolean): void;
  /** Posts it, waits until all that follows from it is done, and gives what the person then sees beyond what they saw. */
  hears(person: Person, delivery: Delivery): Promise<Seen[]>;
  says(person: Person, text: string): Promise<Seen[]>;
  /** Resolves once no row waits and nothing is on its way. */
  settled(): Promise<void>;
  /** How many rows stand in each pile. */
  counts(): Promise<Record<string, number>>;
  /** What the person's own lines in the transcript say. */
  lines(person: Person): Promise<Array<{ text?: string; attachments?: Array<{ contentUrl?: string }> }>>;
  aPhoto(): Promise<Buffer>;
  end(): Promise<void>;
}

export interface ChannelCase {
  name: string;
  /** Channels that lack it say why instead. */
  needs?: Ability;
  run(scene: Scene): Promise<void>;
}

/** Who writes at the desk of these town halls; citizens know her as Claire. */
export const AGENT = { kind: 'agent', id: 'agent-0417', name: 'Claire Quatrevaux' } as const;

/** Says what it is asked to, with a note to colleagues before and after. */
const desk: Decide = async ({ value }, { memory, holder }) => {
  const { text, note } = value as { text: string; note: string };
  return {
    memory,
    holder,
    effects: [
      { kind: 'note', text: note, by: AGENT },
      { kind: 'say', activity: { type: 'message', text, textFormat: 'plain', locale: 'fr' }, by: AGENT },
      { kind: 'note', text: note, by: { kind: 'system' } },
    ],
    why: { rule: 'agent', heard: [] },
  };
};

const PILES = ['inbox', 'outbox', 'conversations', 'transcript', 'tickets', 'ledger'];

export async function openScene(driver: ChannelDriver): Promise<Scene> {
  const log: string[] = [];
  const spies = (['log', 'info', 'warn', 'error', 'debug'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...said) => void log.push(format(...said))),
  );
  let isFull = false;
  let asked = 0;
  const provider = await driver.start();
  const hall = await openCityHall({
    env: { LOG_LEVEL: 'debug', ...provider.env },
    ...provider.parts,
    desk,
    logTo: { write: (line) => void log.push(line) },
    onStep(step) {
      if (isFull && step === 'inbox:before') throw new Error('The disk is full');
    },
  });
  const rows = await openRows(hall);
  const door = provider.open(hall.url);
  const people: Person[] = [];
  const told: string[] = [];

  const of = (pile: string, filter = {}) => rows.database.collection(pile).count(filter);
  async function settled(): Promise<void> {
    await until('all that was asked for to be done', async () => {
      const waiting = await Promise.all([
        of('inbox', { state: 'new' }),
        of('outbox', { state: { $in: ['due', 'sending', 'unknown'] } }),
        of('conversations', { leaseUntil: { $gt: 0 } }),
      ]);
      return waiting.every((count) => count === 0);
    });
    await door.idle();
  }

  const scene: Scene = {
    ...door,
    driver,
    hall,
    rows,
    log,
    people,
    told,
    settled,
    diskFull(now) {
      isFull = now;
    },
    async someone(town, like) {
      const person = await door.someone(town, like);
      const { writes } = person;
      person.writes = (text, extra) => {
        told.push(text);
        return writes(text, extra);
      };
      people.push(person);
      await settled();
      return person;
    },
    async hears(person, delivery) {
      const before = (await person.seen()).length;
      const answer = await delivery.post();
      if (answer.status !== 200) throw new Error(`The message was answered ${answer.status}: ${answer.text}`);
      await settled();
      return (await person.seen()).slice(before);
    },
    async agentWrites(person, said) {
      const before = (await person.seen()).length;
      const [row] = await rows.database.collection('conversations').find({ _id: person.conversation }, { limit: 1 });
      const { town, channel, address } = row as unknown as Conversation;
      asked += 1;
      const activity: Activity = { type: 'event', name: 'desk.write', value: said, from: { id: AGENT.id, role: 'agent' } };
      await rows.database.collection('inbox').insert({
        _id: `desk:${AGENT.id}:${asked}`,
        ...{ town, channel, address, conversation: person.conversation, activity, state: 'new', attempts: 0, dueAt: 1 },
        order: `${String(hall.clock.now().getTime()).padStart(14, '0')}-${String(asked).padStart(6, '0')}`,
      });
      await settled();
      return (await person.seen()).slice(before);
    },
    says: (person, text) => scene.hears(person, person.writes(text)),
    async counts() {
      const counted = await Promise.all(PILES.map(async (pile) => [pile, await of(pile)] as const));
      return Object.fromEntries(counted);
    },
    async lines({ conversation }) {
      const lines = await rows.transcript(conversation);
      return lines.filter(({ from }) => from === 'citizen').map(({ activity }) => activity as { text?: string });
    },
    aPhoto: () => photo({ withPosition: true }),
    async end() {
      try {
        await rows.nothingLeaked();
      } finally {
        await rows.close();
        await hall.close();
        await door.close();
        for (const spy of spies) spy.mockRestore();
      }
    },
  };
  return scene;
}

export const textOf = (seen: Seen[]): string => seen.map(({ text }) => text).join('\n');
