/** What somebody of the town hall may report for their employer, and how long a conversation rests after a warning. */

export const ABUSE_KINDS = ['insult', 'threat', 'discrimination', 'harassment', 'other'] as const;
export type AbuseKind = (typeof ABUSE_KINDS)[number];

/** Minutes. */
export const LONGEST_REST = 60;

export interface AbuseFacts {
  agent: { id: string; name: string };
  service: string;
  kind: AbuseKind;
  /** What its writer adds. */
  note: string;
  /** The citizen's last lines, oldest first, as they were written. */
  words: string[];
  /** For how long the conversation was paused, after a warning; 0 when it was not. */
  pausedMinutes: number;
}
