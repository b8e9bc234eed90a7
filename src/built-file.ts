/**
 * Where a file that the build makes stands. Worker threads run JavaScript, and read what was made for them, also when tests
 * run the TypeScript beside it. A program and all it loads is one file in this folder, so this is never asked of a module's own place.
 */
import { join } from 'node:path';

const BUILT = __dirname.endsWith(join('dist', 'src')) ? __dirname : join(__dirname, '../dist/src');

/** The folder of the package. */
export const ROOT = join(BUILT, '../..');

/** @param name below `dist/src`. */
export function builtFile(name: string): string {
  return join(BUILT, name);
}
