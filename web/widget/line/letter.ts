// One message of the citizen's on its way: written here, held by the outbox, kept by the browser until the server has it.
import type { Activity } from '../../../src/domain/message/activity';

export const CITIZEN = { id: 'citizen', role: 'user' } as const;

/** `failed`: may be tried again; `refused`: the server will not have it. */
export type LetterState = 'sending' | 'waiting' | 'sent' | 'failed' | 'refused';

export interface Letter {
  id: string;
  activity: Activity;
  at: string;
  state: LetterState;
  /** Only its name outlives a reload. */
  fileName?: string;
  file?: File;
}

/** 128 random bits; `crypto.randomUUID` is missing on plain http and in older Safari. */
const newId = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, '0')).join('');

export function writeLetter(said: Partial<Activity>, language: string, file?: File): Letter {
  const id = newId();
  const at = new Date().toISOString();
  const activity: Activity = {
    type: 'message',
    from: CITIZEN,
    locale: language,
    timestamp: at,
    ...said,
    channelData: { ...said.channelData, clientActivityID: id },
  };
  return { id, activity, at, state: 'sending', file, fileName: file?.name };
}
