// Other programs of the town: their keys, and the web hooks they are told by.
import type { HookState, KeyRow, NewKey, Scope } from '../../../src/desk/wire';
import { call } from './api';

const key = (prefix: string) => `keys/${encodeURIComponent(prefix)}`;
const hook = (id: string, rest: string) => `webhooks/${encodeURIComponent(id)}/${rest}`;

export const programs = {
  keys: () => call<{ items: KeyRow[] }>('GET', 'keys'),
  makeKey: (name: string, scopes: Scope[]) => call<NewKey>('POST', 'keys', { name, scopes }),
  renewKey: (prefix: string) => call<NewKey>('POST', `${key(prefix)}/renew`, {}),
  endKey: (prefix: string) => call<void>('DELETE', key(prefix)),
  hooks: () => call<{ items: HookState[] }>('GET', 'webhooks'),
  replay: (id: string) => call<{ again: number }>('POST', hook(id, 'replay'), {}),
  test: (id: string) => call<{ letter: string }>('POST', hook(id, 'test'), {}),
};
