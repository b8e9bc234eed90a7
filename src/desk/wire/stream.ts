/** The live line between the page and its server. */
import type { ConversationRow, Line } from './conversations';
import type { Me } from './people';

/** Frames of `/desk/api/stream?after=<seq>` (WebSocket), server to page. */
export type StreamFrame =
  | { kind: 'hello'; seq: number }
  | { kind: 'events'; seq: number; items: StreamItem[] }
  /** Asked for numbers that are no longer kept: load the lists anew; drafts stay. */
  | { kind: 'resync'; seq: number }
  /** The request that is open in this tab is not any more as it was loaded. */
  | { kind: 'ticket'; reference: string }
  | { kind: 'signed-out'; reason: 'revoked' | 'expired' };

export type StreamItem =
  | { kind: 'conversation'; row: ConversationRow }
  | { kind: 'gone'; id: string; version: number }
  | { kind: 'lines'; conversation: string; version: number; lines: Line[] }
  /** What became of lines that people wrote, which the page has. */
  | { kind: 'deliveries'; conversation: string; lines: Array<Pick<Line, 'line' | 'delivery' | 'deliveryReason'>> }
  /** The citizen of the conversation that is open types at this moment; nothing says that they stopped. */
  | { kind: 'typing'; conversation: string }
  | { kind: 'counts'; queue: number; mine: number; parked: number; urgent: number }
  | { kind: 'me'; me: Me };

/** Page to server: what is open in this tab, a request as it was loaded, and whether its agent types there; sent on change and every 15 s. */
export interface StreamHello {
  viewing?: string;
  ticket?: { reference: string; revision: number };
  isTyping: boolean;
}
