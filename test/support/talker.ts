/**
 * A bot on the demo town, spoken to without a door: what each message comes to, as the decision says it. For tables of
 * hundreds of messages; what goes through real doors is shown by the stories.
 */
import { join } from 'node:path';
import { createBot } from '../../src/bot';
import type { ChannelName, Memory } from '../../src/domain/conversation';
import { type Lookups, lookupsOfNobody } from '../../src/domain/decision';
import type { Effect } from '../../src/domain/effect';
import { openTowns, type Towns } from '../../src/towns';
import { createCalendar } from '../../src/towns/calendar/calendar';
import { createPlaceFinder, createUnderstanding, type Embedder, readPack, type Understanding } from '../../src/understanding';

const ROOT = join(__dirname, '../..');
const TOWN = 'bellerive';
/** Learnt once for all test files. */
const cacheDir = join(ROOT, 'node_modules/.cache/guichet-models');

const LOOKUPS: Lookups = { ...lookupsOfNobody(new Date('2026-10-13T08:12:00Z')), reference: () => '7K3M-9QPX' };

export interface Heard {
  /** All that was said, line by line. */
  said: string;
  choices: string[];
  locale: string | undefined;
  effects: Effect[];
}

export interface Talker {
  says(text: string): Promise<Heard>;
  memory(): Memory;
}

export interface TalkerHouse {
  towns: Towns;
  understanding: Understanding;
  /** @param lookups what is known of whoever writes, beyond that nobody has heard of them. */
  talker(channel?: ChannelName, language?: string, lookups?: Partial<Lookups>): Talker;
  close(): Promise<void>;
}

interface HouseParts {
  embedder?: Embedder;
  town?: string;
  /** Phrases of a kind in a language that are taught, so that a real encoder has seen them within seconds. */
  few?: number;
}

export async function openTalkers({ embedder, town: id = TOWN, few }: HouseParts = {}): Promise<TalkerHouse> {
  const towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  const town = towns.get(id)!;
  const some = (phrases: Record<string, string[]>) =>
    Object.fromEntries(Object.entries(phrases).map(([kind, said]) => [kind, said.slice(0, few)]));
  // Of a few phrases each, only the town's own topics: the offices it borrows would be three in four.
  const taught = towns.topics(id).filter(({ kind }) => few === undefined || kind !== 'elsewhere');
  let onEncoderLearnt = () => {};
  const learnt = new Promise<void>((resolve) => {
    onEncoderLearnt = resolve;
  });
  const understanding = await createUnderstanding({
    towns: [{ town, topics: taught.map((topic) => ({ ...topic, phrases: some(topic.phrases) })) }],
    packs: Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
    phrases: Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, some(controlPhrases)])),
    foreign: towns.foreign(),
    places: createPlaceFinder,
    embedder,
    onEncoderLearnt,
    // Vectors are kept by the address of their server, which is another each time.
    cacheDir: embedder ? undefined : cacheDir,
  });
  if (embedder) await learnt;
  const bot = createBot({ towns, understanding: Promise.resolve(understanding), calendar: createCalendar() });
  return {
    towns,
    understanding,
    talker(channel = 'web', language = 'fr', lookups = {}) {
      const at = LOOKUPS.now.toISOString();
      let memory: Memory = { ...bot.open(id).memory, language, introduced: true };
      return {
        memory: () => memory,
        async says(text) {
          const conversation = { id: 'one', town: id, channel, address: 'visitor', version: 1, holder: 'bot' } as const;
          const blank = { lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at };
          const decision = await bot.turn(
            { type: 'message', text },
            { ...conversation, ...blank, memory },
            { ...LOOKUPS, ...lookups },
          );
          memory = decision.memory;
          const said = decision.effects.flatMap((effect) => (effect.kind === 'say' ? [effect.activity] : []));
          return {
            said: said.map((each) => each.text ?? '').join('\n'),
            choices: said.at(-1)?.suggestedActions?.actions.map(({ title }) => title) ?? [],
            locale: said[0]?.locale,
            effects: decision.effects,
          };
        },
      };
    },
    close: () => understanding.close(),
  };
}
