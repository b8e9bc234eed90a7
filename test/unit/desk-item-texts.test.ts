/** What pages at the desk are told is put into words once for all who are shown it alike: each still reads exactly what is theirs. */
import { join } from 'node:path';
import { presentRow } from '../../src/desk/present/conversation';
import { createScenes, mayRead, type SceneParts, type Standing } from '../../src/desk/present/scenes';
import { createItemTexts } from '../../src/desk/stream/item-texts';
import { type Conversation, createMemory } from '../../src/domain/conversation';
import type { Agent } from '../../src/domain/desk/agent';
import { positionsIn, type QueueEntry } from '../../src/domain/desk/queue';
import type { Town } from '../../src/domain/town';
import { openTowns } from '../../src/towns';

const ROOT = join(__dirname, '../..');
const AT = '2026-10-13T08:12:00.000Z';

/** Numbers that are the same at each run. */
function createDice(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return { below, pick: <T>(all: readonly T[]): T => all[below(all.length)]! };
}

/** People of all rights and settings at a desk where some look at what waits, and some are named in it. */
function deskOf(town: Town) {
  const dice = createDice(12);
  const services = town.services.map(({ id }) => id);

  const people = Array.from({ length: 60 }, (_, n): Agent => {
    const own = services.filter(() => dice.below(3) === 0);
    const settings = {
      language: dice.pick(['fr', 'en', 'xx']),
      theme: 'system',
      density: 'compact',
      keys: true,
      sound: false,
    } as const;
    return {
      ...{ id: `bellerive:${n}`, town: 'bellerive', name: `Agent ${n}`, email: `${n}@ville.example`, hash: 'none' },
      roles: [{ role: dice.pick(['agent', 'supervisor', 'admin'] as const), services: dice.below(3) === 0 ? 'all' : own }],
      settings: { ...settings, ...(dice.below(2) ? { coversAbuse: true } : {}) },
      ...{ languages: ['fr'], capacity: 3, status: 'available', slots: [], lastGivenAt: 0, missed: 0, createdAt: AT, version: 1 },
    };
  });

  const conversations = Array.from({ length: 40 }, (_, n): Conversation => {
    const by = dice.pick(people).id;
    const queue: QueueEntry = {
      ...{
        service: dice.pick(services),
        language: 'fr',
        subject: dice.pick(['mon dossier', 'espèce de connard']),
        snippet: 'bonjour',
      },
      ...{ priority: 'normal', queuedAt: AT, place: n, awaitsReply: true },
      ...(dice.below(2) ? { agent: by } : {}),
      ...(dice.below(2) ? { mentions: [{ agent: dice.pick(people).id, by, at: AT }] } : {}),
    };
    return {
      ...{
        id: `c${n}`,
        town: 'bellerive',
        channel: dice.pick(['web', 'sms'] as const),
        address: '+33639980000',
        version: n,
        lines: 1,
      },
      ...{ holder: queue.agent ? 'agent' : 'queue', queue, memory: createMemory('fr'), pending: null, lastCauses: [] },
      ...{ createdAt: AT, updatedAt: AT },
    };
  });

  const standing: Standing = {
    town,
    people,
    names: new Map(people.map(({ id, name }) => [id, name])),
    alerts: new Map(),
    looking: new Map(
      conversations.map(({ id }) => [
        id,
        Array.from({ length: dice.below(3) }, (_, n) => {
          const isTyping = dice.below(2) === 0;
          return { tab: `${id}${n}`, agent: dice.pick(people).id, town: 'bellerive', until: 0, viewing: id, isTyping };
        }),
      ]),
    ),
    waiting: conversations.filter(({ holder }) => holder === 'queue'),
    held: conversations.filter(({ holder }) => holder === 'agent'),
    positions: positionsIn(conversations.filter(({ holder }) => holder === 'queue')),
  };

  return { people, conversations, standing };
}

test('whoever reads is told what a look of their own would show them, and of nothing that they may not read', async () => {
  const towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  const { people, conversations, standing } = deskOf(towns.get('bellerive')!);
  // Of the store it needs nothing: all that stands at the desk is given.
  const scenes = createScenes({ towns, clock: () => new Date(AT) } as unknown as SceneParts);
  const texts = createItemTexts(scenes, standing);
  const told = { row: 0, gone: 0 };
  const words = new Set<string>();
  for (const conversation of conversations) {
    for (const reader of people) {
      const text = texts.conversation(conversation, reader);
      words.add(text);
      if (mayRead(reader, conversation)) {
        told.row += 1;
        expect(JSON.parse(text)).toEqual(
          JSON.parse(JSON.stringify({ kind: 'conversation', row: presentRow(conversation, scenes.sceneFor(standing, reader)) })),
        );
      } else {
        told.gone += 1;
        expect(JSON.parse(text)).toEqual({ kind: 'gone', id: conversation.id, version: conversation.version });
      }
    }
  }
  expect([told.row > 500, told.gone > 500]).toEqual([true, true]);
  // Put into words for each of them there would be as many as readers.
  expect(words.size).toBeLessThan((told.row + told.gone) / 4);
});
