/** What is typed at the counter, read before it is sent: what it is about, what each answer was understood as, what is missing. */
import { fillIn } from '../dialogs';
import { createMemory } from '../domain/conversation';
import { type Lookups, lookupsOfNobody } from '../domain/decision';
import type { ReadAtCounter } from '../domain/desk/counter';
import type { TalkParts, Talks } from './talk';

export function createCounterReader({ towns, understanding }: TalkParts, talks: Talks): ReadAtCounter {
  return async (id, contact, now) => {
    const town = towns.get(id);
    if (!town) throw new Error(`The town ${id} is not on this installation`);
    const { language, words, way } = contact;
    const memory = { ...createMemory(language), languageFrom: 'asked' as const };
    const at = now.toISOString();
    const conversation = {
      ...{ id: '', town: id, channel: way, address: '', version: 0, holder: 'bot' as const, memory },
      ...{ lines: 0, pending: null, lastCauses: [], createdAt: at, updatedAt: at },
    };
    const heard = await understanding.hear(words, { town: id, prior: language, now });
    const { talk } = talks.open(town, conversation, memory, { type: 'event' }, words, heard, nothingKnown(now));
    return (await fillIn(talk, contact)).reading;
  };
}

/** Nothing is looked up for a contact that is still being typed, and nobody is written to: there is no conversation yet. */
const nothingKnown = (now: Date): Lookups => ({ ...lookupsOfNobody(now), mayWrite: async () => false });
