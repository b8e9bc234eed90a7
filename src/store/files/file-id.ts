/** What a file is called, wherever it stands: 128 bits as 32 hexadecimal digits. */
import { createHash, randomBytes } from 'node:crypto';
import type { NewFile } from '../../domain/message/file';

/** The same for the same key of a conversation, so that a file sent twice is kept once; random without a key. */
export function idFor({ conversation, key }: Pick<NewFile, 'conversation' | 'key'>): string {
  if (key === undefined) return randomBytes(16).toString('hex');
  return createHash('sha256').update(`${conversation}\n${key}`).digest('hex').slice(0, 32);
}

export function isFileId(id: string): boolean {
  return /^[0-9a-f]{32}$/.test(id);
}
