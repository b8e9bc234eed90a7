/** What is said of an alert in the citizen's own conversation, and when nothing is. */
import { alertTold } from '../../src/bot/events/alert';
import type { Talk } from '../../src/dialogs';
import { type Alert, alertToldOf, isSameAlert } from '../../src/domain/alert';
import { createMemory } from '../../src/domain/conversation';

const at = '2026-03-02T10:00:00.000Z';
const alert: Alert = {
  id: 'm#1',
  town: 't',
  reference: '7K3M-9QPX',
  state: 'open',
  danger: 'gas',
  conversation: 'c',
  channel: 'web',
  language: 'fr',
  history: [{ id: 'm#1', at, kind: 'opened' }],
  revision: 0,
  openedAt: at,
  updatedAt: at,
};

async function saidOf(changes: Partial<Alert>, { mayWrite = true, isMinor = false, reference = alert.reference } = {}) {
  const said: string[] = [];
  const talk = {
    activity: alertToldOf('t', reference, at),
    memory: { ...createMemory('fr'), isMinor },
    lookups: { alert: async () => ({ ...alert, ...changes }), mayWrite: async () => mayWrite },
    town: { emergency: { general: '112' } },
    t: (id: string) => id,
    say: (text: string) => said.push(text),
  } as unknown as Talk;
  await alertTold(talk);
  return said;
}

test('told where somebody was reached, and to a child in a child’s words', async () => {
  expect(await saidOf({})).toEqual(['danger.told']);
  expect(await saidOf({ state: 'acknowledged' })).toEqual(['danger.told']);
  expect(await saidOf({}, { isMinor: true })).toEqual(['danger.minor.told']);
});

test('not after a false alarm, not to whoever opted out, not about another alert', async () => {
  expect(await saidOf({ state: 'false-alarm' })).toEqual([]);
  expect(await saidOf({}, { mayWrite: false })).toEqual([]);
  expect(await saidOf({}, { reference: '2222-2222' })).toEqual([]);
});

test.each(['self-harm', 'child-abuse', 'domestic-violence'])('%s stays between them and whom to call', async (danger) => {
  expect(await saidOf({ danger })).toEqual([]);
});

test('further words belong to an alert for a day, or for an hour after somebody took it; never after a false alarm', () => {
  expect(isSameAlert(alert, '2026-03-02T20:00:00.000Z')).toBe(true);
  expect(isSameAlert(alert, '2026-03-03T11:00:00.000Z')).toBe(false);
  expect(isSameAlert({ ...alert, state: 'acknowledged' }, '2026-03-02T10:30:00.000Z')).toBe(true);
  expect(isSameAlert({ ...alert, state: 'acknowledged' }, '2026-03-02T12:00:00.000Z')).toBe(false);
  expect(isSameAlert({ ...alert, state: 'false-alarm' }, '2026-03-02T10:01:00.000Z')).toBe(false);
});
