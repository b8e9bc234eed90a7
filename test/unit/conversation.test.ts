/** Who may pass a conversation to whom. */
import { type Holder, mayPass } from '../../src/domain/conversation';

test.each<[Holder, Holder, boolean]>([
  ['bot', 'queue', true],
  ['bot', 'agent', false],
  ['queue', 'agent', true],
  ['queue', 'bot', true],
  ['agent', 'queue', true],
  ['agent', 'bot', true],
  ['agent', 'agent', true],
])('from %s to %s: %s', (from, to, may) => {
  expect(mayPass(from, to)).toBe(may);
});
