/** What the desk's page shows when things are heard late or twice: what is older than what is shown is ignored. */
import type { ConversationRow } from '../../src/desk/wire';
import { START, withEvents, withRows } from '../../web/desk/state/state';

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
