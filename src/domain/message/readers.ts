/** Who may read a line of a transcript: decided here and nowhere else. */

/** A note is for colleagues, a whisper for one of them: citizens' readers never get either. */
export type LineFrom = 'citizen' | 'bot' | 'agent' | 'system' | 'note' | 'whisper';

/** Whether the citizen may read it, and whoever sees what they see. */
export function isForCitizen({ from }: { from: LineFrom }): boolean {
  return from !== 'note' && from !== 'whisper';
}

/** Whether an agent may read it: a whisper is for whom it was meant, and for its writer. */
export function isFor({ from, to, agent }: { from: LineFrom; to?: string; agent?: { id: string } }, reader: string): boolean {
  return from !== 'whisper' || to === reader || agent?.id === reader;
}
