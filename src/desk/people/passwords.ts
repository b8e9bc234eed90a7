/**
 * Passwords of agents: kept as Argon2id with the parameters that OWASP's Password Storage Cheat Sheet gives, worked out
 * on a thread of its own. An account that does not exist costs the same work as one that does.
 */
import { randomBytes } from 'node:crypto';
import { hash, verify } from '@node-rs/argon2';

/** Argon2id is the library's own choice. */
const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

const SHORTEST_PASSWORD = 12;
const FEWEST_CHARACTERS = 5;

let nobodys: Promise<string> | undefined;

/** Written in one way, so that an accent typed on another keyboard is the same password (ASVS 6.2). */
const written = (password: string) => password.normalize('NFKC');

export function hashPassword(password: string): Promise<string> {
  return hash(written(password), COST);
}

/** Without a hash the same work is done, and the answer is no. */
export async function isPassword(password: string, known: string | null): Promise<boolean> {
  nobodys ??= hashPassword(randomBytes(32).toString('hex'));
  const nobody = await nobodys;
  const isRight = await verify(known ?? nobody, written(password));
  return isRight && known !== null;
}

/** Why a password is not taken, or null. No rules of composition (ASVS 6.2.5): length, and nothing that others know. */
export function weaknessOf(password: string, known: string[]): 'too-short' | 'too-simple' | null {
  const lower = written(password).toLowerCase();
  if ([...lower].length < SHORTEST_PASSWORD) return 'too-short';
  if (new Set(lower).size < FEWEST_CHARACTERS) return 'too-simple';
  if (/^(.{1,4})\1+$/u.test(lower) || isRun(lower)) return 'too-simple';
  const left = known
    .map((one) => one.toLowerCase())
    .filter((one) => one.length > 3)
    .reduce((rest, one) => rest.replaceAll(one, ''), lower);
  return [...left].length < SHORTEST_PASSWORD / 2 ? 'too-simple' : null;
}

/** '123456789012', 'abcdefghijkl': each character follows the one before; or a row of the keyboard. */
function isRun(lower: string): boolean {
  const rows = ['01234567890123456789', 'abcdefghijklmnopqrstuvwxyz', 'azertyuiopqsdfghjklmwxcvbn', 'qwertyuiopasdfghjklzxcvbnm'];
  const back = rows.map((row) => [...row].reverse().join(''));
  return [...rows, ...back].some((row) => row.includes(lower)) || rows.some((row) => row.startsWith(lower.slice(0, 10)));
}
