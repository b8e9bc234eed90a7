/** The Content API over HTTP: contents and their approval as WhatsApp templates, JSON in and out, listed in pages (content.twilio.com). */
import { type Answer, type Call, json, refusal } from './answer';
import { type Contents, presentApproval, presentContent } from './contents';
import type { StoredContent } from './messages';

const WITH_APPROVALS = '/v1/ContentAndApprovals';

export interface ContentApiParts {
  accountSid: string;
  origin(): string;
  contents: Contents;
  onViolation(what: string): void;
}

export function createContentApi({ accountSid, origin, contents, onViolation }: ContentApiParts) {
  function create(body: string): Answer {
    const made = contents.create(parse(body));
    if ('sid' in made) return json(201, presentContent(made, accountSid, origin()));
    onViolation(made.fault);
    return refusal(400, 20001, made.fault);
  }

  function list({ query, path }: Call): Answer {
    const size = Math.min(Number(query.get('PageSize') ?? 50), 1000);
    const page = Number(query.get('Page') ?? 0);
    const all = contents.list();
    const urlOf = (number: number) => `${origin()}${path}?PageSize=${size}&Page=${number}`;
    const withApprovals = path === WITH_APPROVALS;
    return json(200, {
      contents: all.slice(page * size, (page + 1) * size).map((content) => ({
        ...presentContent(content, accountSid, origin()),
        ...(withApprovals ? { approval_requests: presentApproval(content) } : {}),
      })),
      meta: {
        page,
        page_size: size,
        url: urlOf(page),
        first_page_url: urlOf(0),
        previous_page_url: page > 0 ? urlOf(page - 1) : null,
        next_page_url: all.length > (page + 1) * size ? urlOf(page + 1) : null,
        key: 'contents',
      },
    });
  }

  function approvals(content: StoredContent, { method, path, body }: Call): Answer {
    if (method === 'GET' && path.endsWith('/ApprovalRequests')) {
      const { sid } = content;
      return json(200, {
        sid,
        account_sid: accountSid,
        whatsapp: { type: 'whatsapp', ...presentApproval(content) },
        url: origin() + path,
      });
    }
    const made = path.endsWith('/ApprovalRequests/whatsapp') && method === 'POST' ? contents.submit(content, parse(body)) : null;
    if (made && !('fault' in made)) return json(201, presentApproval(content));
    const fault = made?.fault ?? `${method} ${path} is not in the contract`;
    onViolation(fault);
    return refusal(400, 20001, fault);
  }

  return (call: Call): Answer => {
    const { method, path, body } = call;
    if (path === WITH_APPROVALS) return list(call);
    const [sid, part] = path.slice('/v1/Content/'.length).split('/');
    if (!sid) return method === 'POST' ? create(body) : list(call);
    const content = contents.get(sid);
    if (!content) return refusal(404, 20404, 'There is no such content');
    if (part) return approvals(content, call);
    if (method !== 'DELETE') return json(200, presentContent(content, accountSid, origin()));
    contents.remove(sid);
    return { status: 204 };
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
