/**
 * The secrets a demo makes for itself, kept under the data folder so that a restart keeps visitors'
 * tokens valid and the desk's agents their password. A live installation never comes here: it is given its secrets.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartFault } from '../start-fault';

const Secrets = z.object({
  tokenSecret: z.string().min(32),
  directLineSecret: z.string().min(32),
  /** Of both agents that a demo has; not there in what an older version wrote. */
  deskPassword: z.string().min(12).optional(),
});

export function openSecrets(dataDir: string): Required<z.infer<typeof Secrets>> {
  const file = join(dataDir, 'demo-secrets.json');
  const made = {
    tokenSecret: randomBytes(32).toString('hex'),
    directLineSecret: randomBytes(32).toString('hex'),
    deskPassword: randomBytes(9).toString('base64url'),
  };
  try {
    // 'wx': of two processes starting together, one writes and both read the same.
    writeFileSync(file, JSON.stringify(made), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    const read = Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
    if (read.deskPassword) return { ...read, deskPassword: read.deskPassword };
    const grown = { ...read, deskPassword: made.deskPassword };
    writeFileSync(file, JSON.stringify(grown), { mode: 0o600 });
    return grown;
  } catch {
    throw new StartFault(
      `${file} cannot be read, or is not what a demo writes there. Remove it: the demo makes a new one, and open chats begin afresh.`,
    );
  }
}
