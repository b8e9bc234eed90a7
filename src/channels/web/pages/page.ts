/**
 * What every page behind a link has in common: small enough for a poor line, without a script, made for a phone held in one
 * hand. It shows what it is handed and nothing else; every word is text, never markup.
 */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { escaped } from '../../../domain/http/html';

export interface Page {
  language: string;
  /** Who speaks: 'Mairie de Bellerive'; nobody where the link does not tell. */
  authority?: string;
  heading: string;
  /** Goes before the heading in the title: 'Error:'. */
  word?: string;
  /** Markup, made of escaped words alone. */
  main: string[];
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f7f1e5;color:#1d2a2a;font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
header{padding:.9rem 1.25rem;background:#073d33;color:#fff;font-weight:650}
header p,main{max-width:34rem;margin:0 auto}
main{padding:1.5rem 1.25rem 2.5rem;overflow-wrap:break-word}
h1{margin:0 0 .6em;font-size:1.6rem;line-height:1.2}
p{margin:0 0 1em}
h2{margin:1.6em 0 .4em;font-size:1.2rem;line-height:1.3}
ol,ul{margin:0 0 1em;padding-left:1.3rem}
li{margin:0 0 .5em}
time{display:block;color:#4d5b59;font-size:.95rem}
dl{margin:0 0 1em;padding:.7rem 1rem;background:#fff}
dt{color:#4d5b59;font-size:.95rem}
dd{margin:0 0 .7em;font-weight:650}
.about{padding:.7rem 1rem;border-left:4px solid #0b5c4a;background:#fff}
.about strong,.about span{display:block}
.problem{padding:.7rem 1rem;border-left:4px solid #a3281a;background:#fff;color:#8a1f12;font-weight:650}
label{display:block;margin:0 0 .3rem;font-weight:650}
.help{margin:0 0 .8rem;color:#4d5b59;font-size:.95rem}
input{display:block;width:100%;min-height:3rem;margin:0 0 1.2rem;padding:.6rem;border:1px solid #6b7a76;border-radius:.5rem;background:#fff;color:inherit;font:inherit;font-size:1rem}
input::file-selector-button{min-height:2.2rem;margin-right:.7rem;padding:0 .8rem;border:1px solid #0b5c4a;border-radius:.4rem;background:#e4f0ec;color:#073d33;font:inherit}
button{width:100%;min-height:3rem;border:0;border-radius:.5rem;background:#0b5c4a;color:#fff;font:inherit;font-weight:650;cursor:pointer}
button:hover{background:#073d33}
a{display:inline-block;padding:.4rem 0;color:#0b5c4a}
:focus-visible{outline:3px solid #0b57d0;outline-offset:3px}
@media (forced-colors:active){button,.about,.problem{border:2px solid CanvasText}}
`;

/** No script, and no style but ours, known by its digest. */
const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** @param isFound by search engines. */
export function drawPage({ language, authority, heading, word, main }: Page, isFound = false): string {
  const title = [word ? `${word} ${heading}` : heading, authority].filter(Boolean).join(' – ');
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
${isFound ? '' : '<meta name="robots" content="noindex">\n'}<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${authority ? `<header><p>${escaped(authority)}</p></header>` : ''}
<main>
${spaced([`<h1>${escaped(heading)}</h1>`, ...main].join('\n'), language)}
</main>
</body>
</html>
`;
}

/** A French sign that stands apart from its word never begins a line. */
function spaced(text: string, language: string): string {
  return language === 'fr' ? text.replace(/ ([:;?!»])/g, '\u00a0$1').replaceAll('« ', '«\u00a0') : text;
}

/** A page whose address is a key: no cache keeps what it opened, no other site is told of it, no search finds it. */
export function sendPage(response: ServerResponse, status: number, page: Page, retryAfterSeconds?: number): void {
  response.writeHead(status, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
    'Cache-Control': 'no-store',
    'Referrer-Policy': 'no-referrer',
    'X-Robots-Tag': 'noindex',
    ...(retryAfterSeconds ? { 'Retry-After': String(retryAfterSeconds) } : {}),
  });
  response.end(drawPage(page));
}

/** A page for everybody. */
export function sendOpenPage(response: ServerResponse, page: Page): void {
  response.writeHead(200, {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': PAGE_POLICY,
    'Cache-Control': 'no-cache',
  });
  response.end(drawPage(page, true));
}
