/**
 * `npm run api-key -- make|list|renew|revoke`: keys by which other programs of a town use its API and Open311. A key is shown
 * once, when it is made; what is kept of it is a hash. What is revoked is refused from the next call on.
 */
import { createKeyBook } from '../src/api';
import { readConfig } from '../src/config';
import { SCOPES, type Scope } from '../src/domain/programs/api-key';
import { openDatabase } from '../src/store';
import { createStore, type Store } from '../src/store/store';
import { listFolders } from '../src/towns/read/read-folder';
import { runCommand, type Typed } from './run-command';

const USAGE = `npm run api-key -- make <town> <name> --scopes tickets.read,tickets.write   a new key for this program, shown once
npm run api-key -- list [<town>]                                               whose keys there are, and what they may
npm run api-key -- renew <town> <prefix>                                       a new key in its place, which opens for a week more
npm run api-key -- revoke <town> <prefix>                                      the key that begins so is refused from now on
Scopes: tickets.read (without anything of the citizen), tickets.personal (words, answers, contact too),
tickets.write (moving on, writing to citizens), tickets.open (API and Open311), conversations.read`;

const say = (text: string) => process.stdout.write(`${text}\n`);
const isScope = (word: string): word is Scope => SCOPES.some((scope) => scope === word);

const OPTIONS = { scopes: { type: 'string' } } as const;

async function main({ positionals, values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const [verb, town, name] = positionals;
  const written: string[] = values.scopes?.split(',').map((one) => one.trim()) ?? [];
  const scopes = written.filter(isScope);
  const isAsked =
    verb === 'list' ||
    (verb === 'make' && name && scopes.length > 0 && scopes.length === written.length) ||
    ((verb === 'revoke' || verb === 'renew') && name);
  if (!isAsked) return 'usage';
  const config = readConfig(process.env);
  const known = await listFolders(config.townsDir);
  if (town !== undefined && !known.includes(town)) {
    process.stderr.write(`There is no town ${town}: ${known.join(', ')}\n`);
    return 1;
  }
  const database = await openDatabase(config.store);
  const store = createStore(database);
  try {
    await store.prepare();
    if (verb === 'list') return await list(store, town ? [town] : known);
    const book = createKeyBook(store.apiKeys, () => new Date());
    if (verb === 'make') return shown((await book.make(town ?? '', name ?? '', scopes)).key);
    const key = await book.find(town ?? '', (name ?? '').replace(/…$/, ''));
    if (typeof key === 'string') {
      process.stderr.write(key === 'several' ? 'Several keys begin so.\n' : 'No key begins so.\n');
      return 1;
    }
    if (verb === 'renew') {
      const renewed = await book.renew(key);
      if (renewed) return shown(renewed.key);
      process.stderr.write('This key is ended, or was renewed already.\n');
      return 1;
    }
    say((await book.end(key)) ? `${key.name}: revoked` : `${key.name}: was revoked already`);
    return 0;
  } finally {
    await database.close();
  }
}

function shown(key: string): number {
  say(key);
  process.stderr.write('This key is shown now and never again.\n');
  return 0;
}

async function list(store: Store, towns: string[]): Promise<number> {
  const keys = (await Promise.all(towns.map((town) => store.apiKeys.ofTown(town)))).flat();
  for (const { prefix, town, name, scopes, createdAt, revokedAt } of keys) {
    const since = new Date(createdAt).toISOString().slice(0, 10);
    say(`${town}  ${prefix}…  ${name}  ${scopes.join(',')}  since ${since}${revokedAt === undefined ? '' : '  REVOKED'}`);
  }
  say(`${keys.length} key(s)`);
  return 0;
}

runCommand({ usage: USAGE, options: OPTIONS, takesWords: true, main });
