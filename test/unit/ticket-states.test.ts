/** Where a request may go from where it stands, and by whose hand. */
import { isOpen, mayMove, movesFrom, needsWords, TICKET_STATES } from '../../src/domain/ticket/states';

test('a citizen answers, takes back, and opens again what was called done; everything else is the town hall’s', () => {
  const theirs = TICKET_STATES.flatMap((from) => movesFrom(from, 'citizen').map((to) => `${from} > ${to}`));
  expect(theirs).toEqual([
    'new > withdrawn',
    'assigned > withdrawn',
    'in-progress > withdrawn',
    'waiting > in-progress',
    'waiting > withdrawn',
    'resolved > new',
    'closed > new',
  ]);
});

test('an agent works and ends; only a supervisor opens again what was refused, moved, withdrawn or closed', () => {
  for (const from of ['refused', 'moved', 'withdrawn', 'closed'] as const) {
    expect(movesFrom(from, 'agent')).toEqual([]);
    expect(movesFrom(from, 'supervisor')).toEqual(['new']);
  }
  for (const from of TICKET_STATES) {
    expect(mayMove(from, from, 'agent')).toBe(true);
    expect(movesFrom(from, 'supervisor')).toEqual(expect.arrayContaining(movesFrom(from, 'agent')));
  }
});

test('nothing is done twice over: from an end the way leads to work or to being put away, never to another end', () => {
  for (const from of TICKET_STATES.filter((state) => !isOpen({ state })))
    for (const to of movesFrom(from, 'supervisor')) expect(isOpen({ state: to }) || to === 'closed').toBe(true);
});

test('every end but putting away what was done, and taking back, is told with words', () => {
  const silent = TICKET_STATES.filter((state) => isOpen({ state })).flatMap((from) =>
    movesFrom(from, 'supervisor').filter((to) => !isOpen({ state: to }) && !needsWords(from, to)),
  );
  expect(new Set(silent)).toEqual(new Set(['withdrawn']));
  expect(needsWords('resolved', 'closed')).toBe(false);
});
