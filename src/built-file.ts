/**
 * Where a file that the build makes stands: worker threads run JavaScript, and read what was made for them, also
 * when tests run the TypeScript beside it.
 */
import { join, relative } from 'node:path';

const BUILT = __dirname.endsWith(join('dist', 'src')) ? __dirname : join(__dirname, '../dist/src');

/** @param folder the caller's own `__dirname`. */
export function builtFile(folder: string, name: string): string {
  return join(BUILT, relative(__dirname, folder), name);
}
