/** Which changes of a request are news, and that nobody but the town can bring them. */
import { isNews, noticeId, noticeOf, readNotice } from '../../src/domain/ticket/notice';
import type { TicketEvent } from '../../src/domain/ticket/ticket';

const event: TicketEvent = {
  id: 'e1',
  at: '2026-11-22T08:00:00.000Z',
  by: 'agent',
  kind: 'state',
  state: 'resolved',
  isPublic: true,
};

test.each<[is: boolean, change: Partial<TicketEvent>]>([
  [true, {}],
  [true, { kind: 'comment', state: undefined, text: 'Fait' }],
  [false, { isPublic: false }],
  [false, { by: 'citizen', kind: 'cancelled' }],
  [false, { by: 'citizen', kind: 'comment' }],
  [false, { kind: 'attached' }],
])('news: %s for %o', (is, change) => {
  expect(isNews({ ...event, ...change })).toBe(is);
});

test('an event says which change of which request it is about, and is read back', () => {
  expect(readNotice(noticeOf('bellerive', '7K3M-9QPX', event))).toEqual({
    reference: '7K3M-9QPX',
    event: 'e1',
    isFollower: false,
  });
  expect(noticeId('bellerive', '7K3M-9QPX', event)).toBe('ticket:bellerive:7K3M-9QPX:e1');
});

test('an event of a client, or of another name or shape, is not one', () => {
  const ours = noticeOf('bellerive', '7K3M-9QPX', event);
  for (const other of [
    { ...ours, from: { id: 'dl_1', role: 'user' as const } },
    { ...ours, from: undefined },
    { ...ours, name: 'ticket.opened' },
    { ...ours, type: 'message' as const },
    { ...ours, value: undefined },
    { ...ours, value: { reference: 7, event: 'e1' } },
  ])
    expect(readNotice(other)).toBeNull();
});
