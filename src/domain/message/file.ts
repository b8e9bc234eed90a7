/**
 * A photo or a document a citizen sent, once it has been inspected. Its bytes stand in the
 * file store; everywhere else it is known by its address, `/files/<id>`, which opens
 * nothing by itself: a citizen's feed carries it signed, an agent's session is checked.
 */

export interface FileMeta {
  /** 128 bits, as 32 hexadecimal digits. */
  id: string;
  town: string;
  conversation: string;
  /** By content, never as declared. */
  contentType: string;
  /** As the citizen called it, cleaned; for display only. */
  name: string;
  /** Bytes. */
  size: number;
}

export interface NewFile {
  town: string;
  conversation: string;
  contentType: string;
  name: string;
  /** The same key in the same conversation is the same file: sent twice, kept once. A random one when absent. */
  key?: string;
}

export interface FileStore {
  /** Resolves once on disk. */
  put(bytes: Uint8Array, file: NewFile): Promise<FileMeta>;
  /** The file that was put under this key, or null. */
  find(file: { conversation: string; key: string }): Promise<FileMeta | null>;
  /** Its facts alone. */
  look(id: string): Promise<FileMeta | null>;
  /** The stream holds the file open until it is read to its end or destroyed. */
  get(id: string): Promise<{ meta: FileMeta; stream: AsyncIterable<Uint8Array> } | null>;
  /** Whether there was one to remove. */
  remove(id: string): Promise<boolean>;
}

/** What was drawn anew when it came in, so that a browser may show it. */
const PICTURES = new Set(['image/jpeg', 'image/png', 'image/webp']);
export const isPicture = ({ contentType }: Pick<FileMeta, 'contentType'>) => PICTURES.has(contentType);

/** The address of a file inside activities and tickets. */
export function fileAddress(id: string): string {
  return `/files/${id}`;
}

/** The file an address names, or null when it names none of ours. */
export function fileIdOf(address: string | undefined): string | null {
  return /^\/files\/([0-9a-f]{32})$/.exec(address ?? '')?.[1] ?? null;
}
