/** Who may pass a conversation to whom, and with what. */
import { type Holder, IllegalPass, passTo } from '../../src/domain/conversation';
import type { QueueEntry } from '../../src/domain/desk/queue';

const waiting: QueueEntry = {
  service: 'roads',
  subject: 'nid-de-poule',
  queuedAt: '2026-10-13T08:12:00.000Z',
  place: 1,
  priority: 'normal',
};
const given: QueueEntry = { ...waiting, agent: 'bellerive:1' };
const entryFor: Record<Holder, QueueEntry | null> = { bot: null, queue: waiting, agent: given };

test.each<[Holder, Holder, boolean]>([
  ['bot', 'bot', true],
  ['bot', 'queue', true],
  ['bot', 'agent', false],
  ['queue', 'queue', true],
  ['queue', 'agent', true],
  ['queue', 'bot', true],
  ['agent', 'queue', true],
  ['agent', 'bot', true],
  ['agent', 'agent', true],
])('from %s to %s: %s', (from, to, may) => {
  const pass = () => passTo({ holder: from }, to, entryFor[to]);
  if (may) expect(pass()).toEqual({ holder: to, queue: entryFor[to] });
  else expect(pass).toThrow(IllegalPass);
});

test.each<[string, Holder, QueueEntry | null]>([
  ['waits nowhere', 'queue', null],
  ['waits and is an agent\u2019s', 'queue', given],
  ['is an agent\u2019s, and stands nowhere', 'agent', null],
  ['is nobody\u2019s while an agent holds it', 'agent', waiting],
])('one that %s is refused', (_what, to, queue) => {
  expect(() => passTo({ holder: 'queue' }, to, queue)).toThrow(IllegalPass);
});
