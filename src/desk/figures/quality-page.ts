/**
 * How well the town hall answers, for everybody to see where the town wants it: the last 90 days in a few sentences, without
 * a script. What happened fewer than ten times is not told: nobody is to find themself in it.
 */
import { createHash } from 'node:crypto';
import { escaped } from '../../domain/http/html';
import type { Route } from '../../domain/http/route';
import { sentenceOf } from '../../domain/language/sentences';
import type { Town, Towns } from '../../domain/town';
import { dayAfter, localDay } from './day';
import type { Days } from './days';
import { summaryOf } from './summary';

const LOOKED_BACK = 90;
/** Fewer than these are told as 'fewer than ten'. */
const SMALL = 10;
const FRESH_MS = 60_000;

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f3f5f6;color:#15202a;font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
header{padding:.9rem 1.25rem;background:#14506b;color:#fff;font-weight:650}
header p,main{max-width:44rem;margin:0 auto}
main{padding:1.5rem 1.25rem 2.5rem;overflow-wrap:break-word}
h1{margin:0 0 .6em;font-size:1.6rem;line-height:1.2}
p{margin:0 0 1em}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(15rem,1fr));gap:.8rem;margin:0 0 1.5rem}
dl div{padding:.8rem 1rem;border:1px solid #dde2e6;border-radius:.8rem;background:#fff}
dt{color:#51606c;font-size:.95rem}
dd{margin:0;font-size:1.5rem;font-weight:650}
.note{color:#51606c;font-size:.95rem}
`;

const POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export interface QualityParts {
  days: Days;
  towns: Towns;
  clock: () => Date;
}

export function createQualityPage({ days, towns, clock }: QualityParts): Route {
  const pages = new Map<string, { at: number; html: Promise<string> }>();
  return {
    caller: 'anyone',
    method: 'get',
    path: '/quality/:town',
    body: 'none',
    async handle({ request, response, params, query }) {
      const town = towns.get(params.town ?? '');
      if (!town?.isQualityPublic) {
        response.writeHead(404, { 'Content-Type': 'text/plain; charset=utf-8' });
        response.end('Not found');
        return;
      }
      const language = languageOf(town, query.get('lang'), request.headers['accept-language']);
      const html = await lately(town, language);
      response.writeHead(200, {
        'Content-Type': 'text/html; charset=utf-8',
        'Content-Security-Policy': POLICY,
        'Cache-Control': 'public, max-age=300',
        Vary: 'Accept-Language',
      });
      response.end(html);
    },
  };

  /** Drawn once in a while, however many ask. */
  function lately(town: Town, language: string): Promise<string> {
    const key = `${town.id} ${language}`;
    const now = clock().getTime();
    const known = pages.get(key);
    if (known && Math.abs(now - known.at) < FRESH_MS) return known.html;
    const html = drawn(town, language);
    pages.set(key, { at: now, html });
    html.catch(() => pages.delete(key));
    return html;
  }

  async function drawn(town: Town, language: string): Promise<string> {
    const to = localDay(town, clock().getTime());
    const from = dayAfter(to, -LOOKED_BACK);
    const counted = await days.between(town, from, to);
    const { totals, firstResponse, satisfaction, promises } = summaryOf(town, [], counted, { from, to, may: 'all', language });
    const t = (id: string, fields?: Record<string, string | number>) =>
      sentenceOf(towns, town.id, language, `quality.${id}`, fields);
    const number = (n: number) => (n < SMALL ? t('few') : new Intl.NumberFormat(language).format(n));
    const percent = (part: number, of: number) =>
      of < SMALL || part < SMALL || of - part < SMALL
        ? t('unsaid')
        : new Intl.NumberFormat(language, { style: 'percent' }).format(part / of);
    const { n, median } = firstResponse;
    const facts: Array<[name: string, value: string]> = [
      [t('contacts'), number(totals.contacts)],
      [t('confirmed'), percent(totals.confirmed, totals.contacts)],
      [t('after-hours'), percent(totals.afterHours, totals.contacts)],
      [t('requests'), number(totals.requests)],
      [t('first-response'), n < SMALL || median === undefined ? t('unsaid') : t('minutes', { count: median })],
      [t('kept'), percent(promises.kept, promises.told)],
      [t('satisfied'), percent(satisfaction.yes, satisfaction.n)],
    ];
    const authority = town.authority[language] ?? town.name;
    const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
    return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(`${t('title')} – ${authority}`)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
<header><p>${escaped(authority)}</p></header>
<main>
<h1>${escaped(t('title'))}</h1>
<p>${escaped(t('intro', { from: day.format(Date.parse(from)), to: day.format(Date.parse(to)) }))}</p>
<dl>
${facts.map(([name, value]) => `<div><dt>${escaped(name)}</dt><dd>${escaped(value)}</dd></div>`).join('\n')}
</dl>
<p class="note">${escaped(t('how'))}</p>
</main>
</body>
</html>
`;
  }
}

function languageOf({ languages }: Town, wanted: string | null, accepted = ''): string {
  const wishes = [wanted ?? '', ...accepted.slice(0, 200).split(',')].map((wish) => wish.trim().slice(0, 2).toLowerCase());
  return wishes.find((wish) => languages.includes(wish)) ?? languages[0] ?? 'fr';
}
