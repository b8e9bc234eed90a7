/** Other programs of the town: the keys they call with, and the web hooks they are told by. */
import type { Scope } from '../../domain/programs/api-key';

export type { Scope } from '../../domain/programs/api-key';

/**
 * `GET /desk/api/keys` for admins: `{items}`, without what was ended long ago. `POST /desk/api/keys {name, scopes}` and `POST
 * /desk/api/keys/:prefix/renew {}` answer `{key, row}`: `key` is said this once. `DELETE /desk/api/keys/:prefix` answers 204.
 */
export interface KeyRow {
  /** Its first characters, by which it is named. */
  prefix: string;
  name: string;
  scopes: Scope[];
  createdAt: string;
  /** To the hour; missing when it was never used. */
  lastUsedAt?: string;
  /** Renewed: opens until then. */
  endsAt?: string;
  endedAt?: string;
}

export interface NewKey {
  key: string;
  row: KeyRow;
}

/**
 * `GET /desk/api/webhooks` for admins: `{items: HookState[]}`, with the letters that have not arrived, given up first. `POST
 * /desk/api/webhooks/:id/replay` sends again what was given up: `{again}`; `POST /desk/api/webhooks/:id/test` an event that says nothing.
 */
export interface HookState {
  id: string;
  url: string;
  /** Absent: everything. */
  events?: readonly string[];
  letters: Array<{ id: string; type: string; at: string; state: string; attempts: number; reason?: string }>;
}
