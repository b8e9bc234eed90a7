/** The Content API over HTTP: JSON in and out, listed in pages (content.twilio.com/v1/Content). */
import { type Answer, type Call, json, refusal } from './answer';
import { type Contents, presentContent } from './contents';

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

  function list(query: URLSearchParams): Answer {
    const size = Math.min(Number(query.get('PageSize') ?? 50), 1000);
    const page = Number(query.get('Page') ?? 0);
    const all = contents.list();
    const urlOf = (number: number) => `${origin()}/v1/Content?PageSize=${size}&Page=${number}`;
    return json(200, {
      contents: all.slice(page * size, (page + 1) * size).map((content) => presentContent(content, accountSid, origin())),
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

  return ({ method, path, query, body }: Call): Answer => {
    const sid = path.slice('/v1/Content/'.length);
    if (!sid) return method === 'POST' ? create(body) : list(query);
    const content = contents.get(sid);
    if (!content) return refusal(404, 20404, 'There is no such content');
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
