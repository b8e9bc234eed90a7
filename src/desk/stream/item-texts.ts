/**
 * What the readers of a town are told of one moment, as JSON. Two hundred pages hear of each change: a row that several are
 * shown alike is presented and put into words once. What anybody may see is asked of each, every time.
 */
import type { Conversation } from '../../domain/conversation';
import type { Agent } from '../../domain/desk/agent';
import { presentMe } from '../present/agent';
import { isOwnView, presentRow } from '../present/conversation';
import { mayRead, type Scenes, type Standing } from '../present/scenes';
import type { StreamItem } from '../wire';

export interface ItemTexts {
  /** The row as this reader is shown it; that it is gone, where they may not read it. */
  conversation(conversation: Conversation, reader: Agent): string;
  typing(conversation: string): string;
  counts(reader: Agent): string;
  me(reader: Agent): string;
}

const textOf = (item: StreamItem) => JSON.stringify(item);

export function createItemTexts(scenes: Scenes, standing: Standing): ItemTexts {
  const known = new Map<string, string>();

  function once(key: string, make: () => StreamItem): string {
    const text = known.get(key) ?? textOf(make());
    known.set(key, text);
    return text;
  }

  return {
    conversation(conversation, reader) {
      const { id, version } = conversation;
      if (!mayRead(reader, conversation)) return once(`gone ${id}`, () => ({ kind: 'gone', id, version }));
      const { language, coversAbuse = false } = reader.settings;
      const alone = isOwnView(conversation, standing, reader.id) ? reader.id : 'several';
      return once(`${language} ${coversAbuse} ${alone} ${id}`, () => ({
        kind: 'conversation',
        row: presentRow(conversation, scenes.sceneFor(standing, reader)),
      }));
    },
    typing: (conversation) => textOf({ kind: 'typing', conversation }),
    counts: (reader) => textOf({ kind: 'counts', ...scenes.countsFor(standing, reader) }),
    me: (reader) => textOf({ kind: 'me', me: presentMe(reader, standing.town) }),
  };
}
