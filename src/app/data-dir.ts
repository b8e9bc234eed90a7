/**
 * The folder where everything is kept: made when it is not there, for its owner alone. Citizens' words are in it, so
 * one that others on the machine may read is told of.
 */
import { accessSync, constants, statSync } from 'node:fs';
import type { Config } from '../config';
import { openSecrets } from '../demo/secrets';
import { makeFolder } from '../make-folder';
import { folderFault } from '../start-fault';

/** The rights of everybody but the owner. */
const OTHERS = 0o077;

export function openDataDir({ dataDir, mode }: Pick<Config, 'dataDir' | 'mode'>) {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK);
    const secrets =
      mode === 'demo' ? openSecrets(dataDir) : { tokenSecret: '', directLineSecret: undefined, deskPassword: undefined };
    // Windows has other rights.
    const isOpenToAll = process.platform !== 'win32' && (statSync(dataDir).mode & OTHERS) !== 0;
    return { secrets, isOpenToAll };
  } catch (error) {
    throw folderFault(error, dataDir);
  }
}
