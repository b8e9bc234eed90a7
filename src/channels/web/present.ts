/**
 * What leaves for the citizen's client, field by field: a transcript line as a Direct Line
 * activity. Files get an address that works from outside, signed for this conversation.
 */
import type { Activity, Attachment } from '../../domain/message/activity';
import { fileIdOf } from '../../domain/message/file';
import type { Line } from './parts';
import type { Tokens } from './tokens';

/** WebChat shows a citizen their own photo only if it also has a small one; ours are small already. */
type SentAttachment = Attachment & { thumbnailUrl?: string };

export interface ActivitySet {
  activities: Activity[];
  watermark: string;
}

export type Present = ReturnType<typeof createPresent>;

export function createPresent(publicUrl: () => string, tokens: Tokens) {
  function attachment(conversation: string, { contentType, contentUrl, content, name }: Attachment): SentAttachment {
    const file = fileIdOf(contentUrl);
    if (!file) return { contentType, contentUrl, content, name };
    const signed = `${base(publicUrl())}${contentUrl}?t=${tokens.issueFile({ file, conv: conversation })}`;
    return { contentType, contentUrl: signed, name, ...(contentType.startsWith('image/') ? { thumbnailUrl: signed } : {}) };
  }

  function present(conversation: string, activity: Activity): Activity {
    const { type, id, timestamp, from, replyToId, locale, text, textFormat, attachments } = activity;
    const { suggestedActions, importance, inputHint, entities, name, value, channelData } = activity;
    return {
      type,
      id,
      timestamp,
      channelId: 'directline',
      conversation: { id: conversation },
      from: from && { id: from.id, name: from.name, role: from.role },
      replyToId,
      locale,
      text,
      textFormat,
      attachments: attachments?.map((one) => attachment(conversation, one)),
      suggestedActions: suggestedActions?.actions.length ? suggestedActions : undefined,
      importance,
      inputHint,
      entities,
      name,
      value,
      channelData,
    };
  }

  /** `after`: the watermark when there is nothing new. */
  return (conversation: string, lines: Line[], after: number): ActivitySet => ({
    // A client is never told of its own arrival.
    activities: lines
      .filter((one) => one.activity.type !== 'conversationUpdate')
      .map((one) => present(conversation, one.activity)),
    watermark: String(lines.at(-1)?.line ?? after),
  });
}

/** Where a client has got to: 0 when it says nothing, null when it makes no sense. Its text is never empty, which clients rely on. */
export function readWatermark(watermark: string | null): number | null {
  if (!watermark) return 0;
  return /^\d{1,15}$/.test(watermark) ? Number(watermark) : null;
}

export function base(publicUrl: string): string {
  return publicUrl.replace(/\/+$/, '');
}

export function streamBase(publicUrl: string): string {
  return base(publicUrl).replace(/^http/, 'ws');
}
