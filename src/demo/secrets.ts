/**
 * The secrets a demo makes for itself, kept under the data folder so that a restart keeps visitors'
 * tokens valid. A live installation never comes here: it is given its secrets.
 */
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { StartFault } from '../start-fault';

const Secrets = z.object({ tokenSecret: z.string().min(32), directLineSecret: z.string().min(32) });

export function openSecrets(dataDir: string): z.infer<typeof Secrets> {
  const file = join(dataDir, 'demo-secrets.json');
  const made = { tokenSecret: randomBytes(32).toString('hex'), directLineSecret: randomBytes(32).toString('hex') };
  try {
    // 'wx': of two processes starting together, one writes and both read the same.
    writeFileSync(file, JSON.stringify(made), { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  try {
    return Secrets.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    throw new StartFault(
      `${file} cannot be read, or is not what a demo writes there. Remove it: the demo makes a new one, and open chats begin afresh.`,
    );
  }
}
