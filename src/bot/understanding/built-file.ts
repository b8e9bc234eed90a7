/**
 * Where a worker's built file stands: worker threads run JavaScript, also when tests run the
 * TypeScript beside it.
 */
import { join, sep } from 'node:path';

export function builtFile(name: string): string {
  if (__dirname.includes(`${sep}dist${sep}`)) return join(__dirname, name);
  return join(__dirname, '../../../dist/src/bot/understanding', name);
}
