/**
 * What keeps the program from starting and its operator can mend: one sentence that names the thing, and the cure.
 * Anything else is a fault of ours and is shown with its stack.
 */
import { createServer } from 'node:net';

export class StartFault extends Error {
  readonly code = 'start-fault';
}

const codeOf = (error: unknown) => String((error as NodeJS.ErrnoException | null)?.code);

/** Rejects with a sentence when nobody can listen there. */
export async function checkPort(host: string, port: number): Promise<void> {
  if (port === 0) return;
  const server = createServer();
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(portFault(error, host, port)));
    server.listen(port, host, () => server.close(() => resolve()));
  });
}

function portFault(error: unknown, host: string, port: number): unknown {
  switch (codeOf(error)) {
    case 'EADDRINUSE':
      return new StartFault(
        `Port ${port} of ${host} is taken: something listens there already, perhaps another Guichet. Stop it, or set PORT to a free one.`,
      );
    case 'EACCES':
      return new StartFault(
        `Port ${port} may not be opened by this user. Set PORT to one above 1023, and let your reverse proxy listen on ${port}.`,
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new StartFault(`HOST: ${host} is no address of this machine. Set it to 127.0.0.1, or leave it out.`);
    default:
      return error;
  }
}

/** By the code of the system: why, and what to do about it. */
const FOLDER_FAULTS: Record<string, [why: string, cure: string]> = {
  EROFS: ['the disk is mounted read-only', 'Mount it for writing'],
  EACCES: ['this user may not write there', 'Give it to this user'],
  EPERM: ['this user may not write there', 'Give it to this user'],
  EEXIST: ['a file stands in its place', 'Move the file away'],
  ENOTDIR: ['a file stands in its place', 'Move the file away'],
  ENOENT: ['no folder can be made there', 'Make it yourself'],
  ENOSPC: ['no room is left on the disk', 'Make room'],
  EDQUOT: ['no room is left for this user', 'Make room'],
};

/** What went wrong in DATA_DIR, as a sentence. */
export function folderFault(error: unknown, folder: string): unknown {
  const [why, cure] = FOLDER_FAULTS[codeOf(error)] ?? [];
  return why
    ? new StartFault(`DATA_DIR (${folder}) cannot be written: ${why}. ${cure}, or set DATA_DIR to another folder.`)
    : error;
}
