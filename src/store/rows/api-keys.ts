/** Keys of other programs as rows: found by the hash of what is shown, listed by town, revoked for good. */
import type { ApiKey } from '../../domain/programs/api-key';
import type { Collection, Database } from '../collection';

interface KeyRow extends Omit<ApiKey, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface ApiKeys {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  add(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | null>;
  /** Oldest first, revoked ones too. */
  ofTown(town: string): Promise<ApiKey[]>;
  /** It was used at a moment (milliseconds since 1970): written down once an hour. */
  used(id: string, at: number): Promise<void>;
  /** It opens until then and no longer; whether it was in use and not ending already. */
  endAt(id: string, at: number): Promise<boolean>;
  /** Whether it was there and in use. */
  revoke(id: string, at: number): Promise<boolean>;
}

const present = ({ _id, ...rest }: KeyRow): ApiKey => ({ id: _id, ...rest }) as ApiKey;

export function createApiKeys(database: Database): ApiKeys {
  const rows: Collection<KeyRow> = database.collection('api_keys');
  return {
    async prepare() {
      await rows.index(['town', 'createdAt'], { name: 'town' });
    },
    add: ({ id, ...rest }) => rows.insert({ _id: id, ...rest }),
    async find(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ? present(row) : null;
    },
    async ofTown(town) {
      return (await rows.find({ town }, { sort: [['createdAt', 1]] })).map(present);
    },
    async used(id, at) {
      await rows.changeIf({ _id: id }, { $set: { lastUsedAt: at } });
    },
    endAt: (id, at) =>
      rows.changeIf({ _id: id, revokedAt: { $exists: false }, endsAt: { $exists: false } }, { $set: { endsAt: at } }),
    revoke: (id, at) => rows.changeIf({ _id: id, revokedAt: { $exists: false } }, { $set: { revokedAt: at } }),
  };
}
