/**
 * The Content API: stored messages with buttons and lists, within the limits Twilio documents
 * for quick replies and list pickers (protocols.md 1.9).
 */
import { z } from 'zod';
import { type Approval, type Choices, newSid, type StoredContent } from './messages';

const NewContent = z.object({
  friendly_name: z.string().max(450).optional(),
  language: z.string().min(2).max(10),
  variables: z.record(z.string(), z.string()).optional(),
  types: z
    .object({
      'twilio/text': z.object({ body: z.string().min(1).max(1600) }),
      'twilio/quick-reply': z.object({
        body: z.string().min(1).max(1024),
        actions: z
          .array(
            z.object({
              type: z.literal('QUICK_REPLY').optional(),
              title: z.string().min(1).max(20),
              id: z.string().max(200).optional(),
            }),
          )
          .min(1)
          .max(10),
      }),
      'twilio/list-picker': z.object({
        body: z.string().min(1).max(1024),
        button: z.string().min(1).max(20),
        items: z
          .array(
            z.object({
              item: z.string().min(1).max(24),
              id: z.string().min(1).max(200),
              description: z.string().max(72).optional(),
            }),
          )
          .min(1)
          .max(10),
      }),
    })
    .partial()
    .refine((types) => Object.keys(types).length > 0, 'At least one type'),
});

const NewApproval = z.strictObject({
  name: z.string().regex(/^[a-z0-9_]{1,512}$/, 'Small letters, digits and underscores only'),
  category: z.enum(['UTILITY', 'MARKETING', 'AUTHENTICATION']),
  send_ttl_seconds: z.number().optional(),
});

/** A template may not start or end with a variable, nor have two side by side (protocols.md 1.9). */
const BADLY_PLACED = /^\s*\{\{|\}\}\s*$|\}\}\s*\{\{/;

export type Rendered = Choices & { body: string; isApproved: boolean };

export function createContents(clock: () => Date) {
  const bySid = new Map<string, StoredContent>();

  function create(body: unknown): StoredContent | { fault: string } {
    const read = NewContent.safeParse(body);
    if (!read.success) return { fault: z.prettifyError(read.error) };
    const { friendly_name, language, types, variables = {} } = read.data;
    const content = {
      sid: newSid('HX'),
      friendlyName: friendly_name ?? '',
      language,
      variables,
      types: types as StoredContent['types'],
      approval: null,
      createdAt: clock(),
    };
    bySid.set(content.sid, content);
    return content;
  }

  /** What a content says with these variables, or the code it is refused with. */
  function render(sid: string, variables: string | null): Rendered | { code: number; why: string } {
    const content = bySid.get(sid);
    if (!content) return { code: 21655, why: 'The ContentSid is invalid' };
    const read = z.record(z.string(), z.string()).safeParse(variables ? parse(variables) : {});
    if (!read.success) return { code: 21656, why: 'The ContentVariables are invalid' };
    const fill = (text: string) => text.replace(/\{\{(\w{1,16})\}\}/g, (_, name: string) => read.data[name] ?? '');
    const types = JSON.parse(JSON.stringify(content.types), (_, value) =>
      typeof value === 'string' ? fill(value) : value,
    ) as StoredContent['types'];
    const [shown] = Object.values(types);
    const buttons = types['twilio/quick-reply']?.actions as Choices['buttons'];
    const list = types['twilio/list-picker'] as Choices['list'] & { body: string };
    return {
      body: String(shown!.body),
      isApproved: content.approval?.status === 'approved',
      ...(buttons ? { buttons } : {}),
      ...(list ? { list: { button: list.button, items: list.items } } : {}),
    };
  }

  /** Asks WhatsApp to approve a content; what it is then, or what is wrong with the request. */
  function submit(content: StoredContent, body: unknown): Approval | { fault: string } {
    const read = NewApproval.safeParse(body);
    if (!read.success) return { fault: z.prettifyError(read.error) };
    if (content.approval) return { fault: 'This content was submitted already' };
    const text = String(Object.values(content.types)[0]?.body ?? '');
    const lacking = [...text.matchAll(/\{\{(\w{1,16})\}\}/g)].filter(([, name]) => !content.variables[name!]);
    if (BADLY_PLACED.test(text) || lacking.length > 0) return { fault: 'A variable is badly placed or has no example' };
    const { name, category } = read.data;
    content.approval = { name, category, status: 'received', rejectionReason: '' };
    return content.approval;
  }

  return {
    create,
    submit,
    render,
    list: () => [...bySid.values()],
    remove: (sid: string) => bySid.delete(sid),
    get: (sid: string) => bySid.get(sid) ?? null,
  };
}

export type Contents = ReturnType<typeof createContents>;

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

export function presentContent(content: StoredContent, accountSid: string, origin: string): Record<string, unknown> {
  const url = `${origin}/v1/Content/${content.sid}`;
  const at = content.createdAt.toISOString();
  return {
    sid: content.sid,
    account_sid: accountSid,
    friendly_name: content.friendlyName,
    language: content.language,
    variables: content.variables,
    types: content.types,
    date_created: at,
    date_updated: at,
    url,
    links: { approval_fetch: `${url}/ApprovalRequests`, approval_create: `${url}/ApprovalRequests/whatsapp` },
  };
}

export function presentApproval({ approval, types }: StoredContent): Record<string, unknown> {
  const { name = '', category = '', status = 'unsubmitted', rejectionReason = '' } = approval ?? {};
  const [content_type] = Object.keys(types);
  return { name, category, content_type, status, rejection_reason: rejectionReason, allow_category_change: true, flows: null };
}
