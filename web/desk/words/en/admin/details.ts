// The desk's page in English: what the audit log says beside what was done.
import type { ActDetail } from '../../../../../src/desk/wire';

export const details: Record<ActDetail, string> = {
  again: 'sent again',
  asker: 'asked by',
  by: 'by',
  conversations: 'conversations',
  count: 'how many',
  from: 'from',
  ground: 'ground',
  into: 'into',
  isPublic: 'told to the citizen',
  kept: 'kept',
  name: 'name',
  people: 'people',
  pieces: 'text messages',
  proof: 'identity',
  requests: 'requests',
  roles: 'rights',
  scopes: 'rights',
  state: 'state',
  table: 'table',
  themes: 'themes',
  to: 'to',
  until: 'until',
  withOpen: 'open requests too',
};
