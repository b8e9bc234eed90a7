/**
 * What the desk's page works out by itself: what is heard late or twice, moments by the town's clock, what the audit log
 * says in words.
 */
import type { ConversationRow, Me } from '../../src/desk/wire';
import { START, withEvents, withRows } from '../../web/desk/state/state';
import { momentAt, momentOf, wallClock } from '../../web/desk/talk/snooze-moments';
import { en } from '../../web/desk/words/en';
import { es } from '../../web/desk/words/es';
import { fr } from '../../web/desk/words/fr';

const row = (version: number, snippet: string): ConversationRow => ({
  ...{ id: 'c', version, channel: 'web', who: 'x', holder: 'queue', language: 'fr', subject: '', snippet },
  ...{ priority: 'normal', awaitsReply: true, lines: version, looking: [] },
});

test('a row that is older than what is shown is ignored, also one that went out of sight meanwhile', () => {
  const shown = withRows(START, [row(5, 'new')]);
  expect(withRows(shown, [row(4, 'old')]).rows.get('c')).toMatchObject({ version: 5, snippet: 'new' });
  expect(withRows(shown, [row(6, 'newer')]).rows.get('c')).toMatchObject({ version: 6, snippet: 'newer' });
  const gone = withEvents(shown, 9, [{ kind: 'gone', id: 'c', version: 7 }]);
  expect(gone.rows.has('c')).toBe(false);
  // The answer to a call that was asked before comes after it.
  expect(withRows(gone, [row(6, 'late')]).rows.has('c')).toBe(false);
  expect(withRows(gone, [row(8, 'back')]).rows.get('c')).toMatchObject({ version: 8 });
  // 'Gone' that is older than what is shown takes nothing away.
  expect(withEvents(withRows(START, [row(8, 'x')]), 9, [{ kind: 'gone', id: 'c', version: 7 }]).rows.has('c')).toBe(true);
});

describe('until when a conversation is put off, by the clock of the town', () => {
  const PARIS = 'Europe/Paris';

  test.each([
    ['hour', '2026-11-27T22:40:00.000Z', PARIS, '2026-11-27T23:40:00.000Z'],
    // It is Saturday in Paris already, and still Friday in Cayenne.
    ['tomorrow', '2026-11-27T23:30:00.000Z', PARIS, '2026-11-29T08:00:00.000Z'],
    ['tomorrow', '2026-11-27T23:30:00.000Z', 'America/Cayenne', '2026-11-28T12:00:00.000Z'],
    ['monday', '2026-11-29T23:30:00.000Z', PARIS, '2026-12-07T08:00:00.000Z'],
    ['monday', '2026-11-29T22:30:00.000Z', PARIS, '2026-11-30T08:00:00.000Z'],
    // The clocks go forward in the night, and back.
    ['tomorrow', '2027-03-27T20:00:00.000Z', PARIS, '2027-03-28T07:00:00.000Z'],
    ['tomorrow', '2026-10-24T20:00:00.000Z', PARIS, '2026-10-25T08:00:00.000Z'],
    ['tomorrow', '2026-12-31T12:00:00.000Z', 'Pacific/Auckland', '2027-01-01T20:00:00.000Z'],
  ] as const)('%s after %s in %s', (later, now, zone, expected) => {
    expect(momentOf(later, new Date(now), zone).toISOString()).toBe(expected);
  });

  test('what is typed is what the town shows, also where the clocks change; what is no moment is none', () => {
    for (const from of ['2026-10-24T12:30:00Z', '2027-03-27T12:30:00Z'])
      for (let hour = 0; hour < 24; hour += 1) {
        const shown = wallClock(new Date(Date.parse(from) + hour * 3_600_000), PARIS);
        expect(wallClock(momentAt(shown, PARIS)!, PARIS)).toBe(shown);
      }
    expect(momentAt('2027-03-28T02:30', PARIS)?.toISOString()).toBe('2027-03-28T01:30:00.000Z');
    expect(momentAt('', PARIS)).toBeUndefined();
    expect(momentAt('soon', PARIS)).toBeUndefined();
  });
});

test('what the audit log says was done has words in every language of the page, never its code', () => {
  const [codes, ...others] = [fr.acts, en.acts, es.acts].map((acts) => Object.keys(acts).sort());
  for (const other of others) expect(other).toEqual(codes);
  for (const { acts } of [fr, en, es])
    for (const [code, words] of Object.entries(acts)) {
      expect(words).toMatch(/\p{L}{2,}/u);
      expect(words).not.toContain(code);
    }
});

test('of the agent’s own settings the newest stand, also where an older state is told after them', () => {
  const told = (version: number) => ({ kind: 'me' as const, me: { id: 'nadia', version } as Me });
  const newest = withEvents(START, 1, [told(8)]);
  expect(withEvents(newest, 2, [told(7)]).me?.version).toBe(8);
  expect(withEvents(newest, 2, [told(9)]).me?.version).toBe(9);
});
