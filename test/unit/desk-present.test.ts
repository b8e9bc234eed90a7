import { presentRow, type Scene } from '../../src/desk/present/conversation';
import type { Conversation } from '../../src/domain/conversation';

const scene = {
  language: 'fr',
  names: new Map(),
  alerts: new Map(),
  looking: new Map(),
  positions: new Map(),
  t: (id: string) => id,
  reader: 'nadia',
  cover: (text: string) => text,
} as unknown as Scene;

test.each([
  ['sms', '+33639984567', '·· 45 67'],
  ['whatsapp', 'whatsapp:+33639984567', '·· 45 67'],
  ['mail', 'zoe.quille@post.example', 'z··@post.example'],
  ['mail', 'z@post.example', 'z··@post.example'],
  ['web', 'user-1', 'desk.visitor'],
  ['msteams', '29:1abc', 'desk.citizen'],
  ['call', 'counter-1', 'desk.citizen'],
])('whoever writes by %s as %s is known at the desk as %s', (channel, address, who) => {
  const conversation = { id: 'c', version: 1, channel, address, holder: 'bot', memory: {}, lines: 1 } as unknown as Conversation;
  expect(presentRow(conversation, scene).who).toBe(who);
});
