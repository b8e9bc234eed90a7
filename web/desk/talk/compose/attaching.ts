// Files on their way into an answer: each is uploaded at once under an id of its own, with how far it has got or why it was
// refused, and goes with the next words. Kept by conversation, so that going to and fro loses none of them.
import { useSyncExternalStore } from 'react';
import type { LeavingAnswer, UploadedFiles, WireFile, WireRefusal } from '../../../../src/desk/wire';

export interface Attaching {
  /** Under which the server keeps it: a UUID. */
  id: string;
  name: string;
  type: string;
  /** Bytes. */
  size?: number;
  state: 'sending' | 'ready' | 'refused';
  /** How much of it has gone, 0 to 1. */
  share: number;
  /** Once it is there. */
  url?: string;
  /** Why it was refused, as the server's code; 'offline' when it did not get there. */
  why?: string;
  stop(): void;
}

/** As the server's. */
const MOST_FILES = 5;
const LARGEST_BYTES = 10 * 1024 * 1024;
const PATIENCE_MS = 120_000;
/** What citizens can open, and what the server takes. */
export const KINDS = 'image/jpeg,image/png,image/webp,image/gif,application/pdf';

const NONE: readonly Attaching[] = [];
const all = new Map<string, readonly Attaching[]>();
const listeners = new Set<() => void>();

function write(conversation: string, next: readonly Attaching[]): void {
  if (next.length > 0) all.set(conversation, next);
  else all.delete(conversation);
  for (const tell of listeners) tell();
}

function change(conversation: string, id: string, news: Partial<Attaching>): void {
  write(
    conversation,
    attachingOf(conversation).map((one) => (one.id === id ? { ...one, ...news } : one)),
  );
}

export const attachingOf = (conversation: string): readonly Attaching[] => all.get(conversation) ?? NONE;

export function useAttaching(conversation: string): readonly Attaching[] {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => void listeners.delete(tell);
    },
    () => attachingOf(conversation),
  );
}

/** Begins to upload what was chosen, dropped or pasted; what is one too many is refused here, as the server would. */
export function attach(conversation: string, files: Iterable<File>): void {
  for (const file of files) {
    const isRoom = attachingOf(conversation).filter(({ state }) => state !== 'refused').length < MOST_FILES;
    const why = !isRoom ? 'TooManyFiles' : file.size > LARGEST_BYTES ? 'FileTooLarge' : undefined;
    const { name, type, size } = file;
    const one: Attaching = {
      ...{ id: crypto.randomUUID(), name, type, size, share: 0, stop: () => {} },
      ...(why ? { state: 'refused', why } : { state: 'sending' }),
    };
    write(conversation, [...attachingOf(conversation), one]);
    if (!why) upload(conversation, one.id, file);
  }
}

/** By the one call of a browser that tells how far an upload has got. */
function upload(conversation: string, id: string, file: File): void {
  const call = new XMLHttpRequest();
  call.open('POST', `/desk/api/conversations/${encodeURIComponent(conversation)}/files?upload=${id}`);
  call.responseType = 'json';
  call.timeout = PATIENCE_MS;
  call.upload.onprogress = ({ loaded, total }) => change(conversation, id, { share: total > 0 ? loaded / total : 0 });
  call.onload = () => {
    const [kept] = (call.response as UploadedFiles | null)?.files ?? [];
    const code = (call.response as WireRefusal | null)?.error?.code;
    if (call.status === 201 && kept) change(conversation, id, { state: 'ready', share: 1, ...kept });
    else change(conversation, id, { state: 'refused', why: code ?? 'other' });
  };
  call.onerror = () => change(conversation, id, { state: 'refused', why: 'offline' });
  call.ontimeout = call.onerror;
  change(conversation, id, { stop: () => call.abort() });
  const form = new FormData();
  form.append('file', file, file.name);
  call.send(form);
}

export function detach(conversation: string, id: string): void {
  attachingOf(conversation)
    .find((one) => one.id === id)
    ?.stop();
  write(
    conversation,
    attachingOf(conversation).filter((one) => one.id !== id),
  );
}

/** What is there goes with an answer, and stands here no longer; the ids of the uploads. */
export function takeAttached(conversation: string): string[] {
  const ready = attachingOf(conversation).filter(({ state }) => state === 'ready');
  write(conversation, NONE);
  return ready.map(({ id }) => id);
}

/** An answer was taken back: its files stand here again. */
export function attachAgain(conversation: string, { uploads, files }: Pick<LeavingAnswer, 'uploads' | 'files'>): void {
  const back = files.flatMap((file: WireFile, index): Attaching[] => {
    const id = uploads[index];
    return id ? [{ ...file, id, state: 'ready', share: 1, stop: () => {} }] : [];
  });
  write(conversation, [...back, ...attachingOf(conversation)]);
}
