/**
 * The chat on the town's web page: a Direct Line 3.0 server, so that our own widget and any
 * Bot Framework client speak with the town alike. What a citizen writes goes to the inbox;
 * what they hear is read from the transcript, by stream or by asking.
 */

import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { isRefusal, type Refusal } from '../../domain/http/refusal';
import type { Attachment } from '../../domain/message/activity';
import { fileIdOf } from '../../domain/message/file';
import type { Channel, Route } from '../channel';
import { createAccess } from './access';
import { activityCalls } from './activities';
import { createAllowance } from './allowance';
import { routesOf } from './call';
import { conversationCalls } from './conversations';
import { downloadRoute } from './files/downloads';
import { createKeeping, type FileOwner } from './files/keeping';
import { createReceiving } from './files/receiving';
import { uploadCalls } from './files/upload';
import { createIntake } from './intake';
import { createOrigins } from './origins';
import { USUAL_LIMITS, type WebParts } from './parts';
import { createPresent } from './present';
import { createReaders } from './readers';
import { createStreams } from './streams';
import { createTokens } from './tokens';

export type { Feed, Limits, Line, WebParts } from './parts';
export type { Sign } from './signs';

export interface WebChannel extends Channel {
  routes: Route[];
  /** For the HTTP server's `upgrade` event: true when the address was ours and the socket is taken care of. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** Where somebody else of the house reads a file of this conversation, for an hour; null for what is no file of ours. */
  fileUrl(conversation: string, contentUrl: string | undefined): string | null;
  /** Keeps what somebody else of the house sends into a conversation, under the limits that citizens have. */
  keepFiles(request: IncomingMessage, owner: FileOwner): Promise<Attachment[] | Refusal>;
  /** Whether somebody reads this conversation, in this process: by a stream, or by asking now and then. */
  isRead(conversation: string): boolean;
  /** Shows on the pages that read this conversation, in this process, that a person of the town hall types. */
  showTyping(conversation: string, town: string, name: string): void;
  close(): Promise<void>;
}

export function createWebChannel(parts: WebParts): WebChannel {
  const limits = { ...USUAL_LIMITS, ...parts.limits };
  const tokens = createTokens(parts.secret, parts.clock);
  const origins = createOrigins(parts);
  const access = createAccess(parts, tokens, origins);
  const allowance = createAllowance(limits);
  const intake = createIntake(parts);
  const present = createPresent(parts.publicUrl, tokens);
  const readers = createReaders(parts.clock);
  const streams = createStreams({ parts, tokens, access, present, limits });
  const receiving = createReceiving(limits);
  const keeping = createKeeping(parts, allowance);
  const calls = [
    ...conversationCalls({ parts, tokens, access, origins, allowance, intake }),
    ...activityCalls({ parts, access, allowance, intake, present, readers, maxText: limits.text }),
    ...uploadCalls({ parts, access, allowance, intake, receiving, keeping, limits }),
  ];

  return {
    name: 'web',
    routes: [...routesOf(calls, origins), downloadRoute(parts, tokens)],
    said: streams.wake,
    upgrade: streams.upgrade,
    fileUrl(conversation, contentUrl) {
      const file = fileIdOf(contentUrl);
      return file ? `${contentUrl}?t=${tokens.issueFile({ file, conv: conversation })}` : null;
    },
    keepFiles: (request, owner) =>
      receiving.receive(request, owner.address, (sent) => (isRefusal(sent) ? sent : keeping.keep(sent.files, owner))),
    isRead: (conversation) => streams.isOpen(conversation) || readers.isReading(conversation),
    showTyping: streams.showTyping,
    close: streams.close,
  };
}
