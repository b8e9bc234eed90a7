/** Keys of other programs, as the town's admin looks after them: made and shown once, renewed, ended. */
import { z } from 'zod';
import { mayAdminister } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import { type ApiKey, SCOPES, type Scope } from '../../domain/programs/api-key';
import { type Frame, NOT_FOUND } from '../api/frame';
import { line } from '../api/requests';
import type { Trail } from '../people/trail';
import type { KeyRow, NewKey } from '../wire';

interface Made {
  key: string;
  row: ApiKey;
}

export interface KeyParts {
  frame: Frame;
  trail: Trail;
  keyBook: {
    make(town: string, name: string, scopes: Scope[]): Promise<Made>;
    find(town: string, prefix: string): Promise<ApiKey | 'none' | 'several'>;
    ofTown(town: string): Promise<ApiKey[]>;
    renew(key: ApiKey): Promise<Made | null>;
    end(key: ApiKey): Promise<boolean>;
  };
}

const Nothing = z.strictObject({});
const NewKeyBody = z.strictObject({ name: line(100), scopes: z.array(z.enum(SCOPES)).min(1).max(SCOPES.length) });
const Prefix = z.string().regex(/^guichet_[\w-]{6}$/);

export function createKeyRoutes({ frame, trail, keyBook }: KeyParts): Route[] {
  async function named(town: string, prefix: string | undefined): Promise<ApiKey | null> {
    const read = Prefix.safeParse(prefix);
    const found = read.success ? await keyBook.find(town, read.data) : 'none';
    return typeof found === 'string' ? null : found;
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/keys',
      may: mayAdminister,
      handle: async ({ caller: { town } }) => ({
        status: 200,
        body: { items: (await keyBook.ofTown(town.id)).map(present).reverse() },
      }),
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/keys',
      body: NewKeyBody,
      may: mayAdminister,
      async handle({ caller: { town, doer }, body: { name, scopes } }) {
        const { key, row } = await keyBook.make(town.id, name, [...new Set(scopes)]);
        await trail.did(doer, 'api-key.made', `api-key:${row.prefix}`, { name, scopes: row.scopes.join(' ') });
        return { status: 201, body: { key, row: present(row) } satisfies NewKey };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/keys/:prefix/renew',
      body: Nothing,
      may: mayAdminister,
      async handle({ caller: { town, doer }, params: { prefix } }) {
        const old = await named(town.id, prefix);
        if (!old) return NOT_FOUND;
        const made = await keyBook.renew(old);
        if (!made) return refuse(409, 'ended', 'This key is ended, or was renewed already');
        await trail.did(doer, 'api-key.renewed', `api-key:${old.prefix}`, { into: made.row.prefix });
        return { status: 201, body: { key: made.key, row: present(made.row) } satisfies NewKey };
      },
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/keys/:prefix',
      may: mayAdminister,
      async handle({ caller: { town, doer }, params: { prefix } }) {
        const key = await named(town.id, prefix);
        if (!key) return NOT_FOUND;
        if (await keyBook.end(key)) await trail.did(doer, 'api-key.ended', `api-key:${key.prefix}`);
        return { status: 204 };
      },
    }),
  ];
}

const moment = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());

function present({ prefix, name, scopes, createdAt, lastUsedAt, endsAt, revokedAt }: ApiKey): KeyRow {
  return {
    ...{ prefix, name, scopes, createdAt: new Date(createdAt).toISOString() },
    ...{ lastUsedAt: moment(lastUsedAt), endsAt: moment(endsAt), endedAt: moment(revokedAt) },
  };
}
