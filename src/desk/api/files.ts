/**
 * Photos and documents that an agent sends a citizen: received under the limits that citizens have, kept with the
 * conversation, and sent with the agent's next words. Where they cannot arrive they are refused here.
 */
import type { IncomingMessage } from 'node:http';
import { z } from 'zod';
import type { Conversation } from '../../domain/conversation';
import { isRefusal, type Refusal, refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Attachment } from '../../domain/message/activity';
import { type FileStore, fileAddress } from '../../domain/message/file';
import { presentFile } from '../present/conversation';
import type { UploadedFiles } from '../wire';
import type { ConversationReads } from './conversations';
import { type Frame, NOT_FOUND } from './frame';
import { ConversationId, MOST_FILES } from './requests';

const Query = z.strictObject({ upload: z.uuid() });

export interface FileParts {
  frame: Frame;
  reads: ConversationReads;
  files: Pick<FileStore, 'find'>;
  /** Inspects and keeps what comes with a request; a refusal where it may not be. */
  keepFiles(
    request: IncomingMessage,
    owner: { town: string; conversation: string; key: string; address: string },
  ): Promise<Attachment[] | Refusal>;
  fileUrl(conversation: string, contentUrl: string | undefined): string | null;
}

const keyOf = (agent: string, upload: string) => `desk/${agent}/${upload}`;

/** What an agent uploaded under this id into a conversation. */
export async function uploadedBy(
  files: FileParts['files'],
  agent: string,
  conversation: string,
  upload: string,
): Promise<Attachment[]> {
  const found: Attachment[] = [];
  for (let n = 0; n < MOST_FILES; n += 1) {
    const file = await files.find({ conversation, key: `${keyOf(agent, upload)}/${n}` });
    if (!file) break;
    found.push({ contentType: file.contentType, contentUrl: fileAddress(file.id), name: file.name, size: file.size });
  }
  return found;
}

/** A page shows them and WhatsApp carries them; a text message has no room for one in Europe. */
function takesFiles({ channel }: Conversation): boolean {
  return channel === 'web' || channel === 'whatsapp';
}

export function createFileRoutes({ frame, reads, keepFiles, fileUrl }: FileParts): Route[] {
  return [
    frame.agents({
      method: 'post',
      path: '/desk/api/conversations/:id/files',
      query: Query,
      isRaw: true,
      async handle({ caller: { agent, town }, params, query: { upload }, request, network }) {
        const id = ConversationId.safeParse(params.id);
        const conversation = id.success ? await reads.readable(agent, id.data) : null;
        if (!conversation) return NOT_FOUND;
        if (conversation.holder !== 'agent' || conversation.queue?.agent !== agent.id)
          return refuse(409, 'not-waiting', 'Only whoever holds a conversation sends files into it');
        if (!takesFiles(conversation)) return refuse(409, 'no-files-here', 'Files cannot be sent on this channel');
        const owner = { town: town.id, conversation: conversation.id, key: keyOf(agent.id, upload), address: network };
        const kept = await keepFiles(request, owner);
        if (isRefusal(kept)) return kept;
        if (kept.length === 0) return refuse(400, 'bad-request', 'There is no file in this');
        const body: UploadedFiles = {
          files: kept.flatMap((one) => presentFile(one, ({ contentUrl }) => fileUrl(conversation.id, contentUrl))),
        };
        return { status: 201, body };
      },
    }),
  ];
}
