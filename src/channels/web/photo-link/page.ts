/**
 * The page behind the link of a text message: small enough for a poor line, without a script, and made for a
 * phone held in one hand. It shows what it is handed and nothing else; every word is text, never markup.
 */
import { createHash } from 'node:crypto';
import { escaped } from '../../../domain/http/html';

const ACCEPTED = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf'];

export interface PhotoPage {
  language: string;
  /** Who asks: 'Mairie de Bellerive'; nobody where the link does not tell. */
  authority?: string;
  heading: string;
  /** The request: its title and its reference. */
  about?: [title: string, reference: string];
  /** What went wrong; the word ('Error:') goes before the title. */
  problem?: { text: string; word: string };
  lines?: string[];
  form?: { label: string; help: string; button: string };
  link?: { text: string; to: string };
}

const STYLE = `
*{box-sizing:border-box}
body{margin:0;background:#f7f1e5;color:#1d2a2a;font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans",Arial,sans-serif}
header{padding:.9rem 1.25rem;background:#073d33;color:#fff;font-weight:650}
header p,main{max-width:34rem;margin:0 auto}
main{padding:1.5rem 1.25rem 2.5rem;overflow-wrap:break-word}
h1{margin:0 0 .6em;font-size:1.6rem;line-height:1.2}
p{margin:0 0 1em}
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
export const PHOTO_PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  'img-src data:',
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

export function drawPhotoPage({ language, authority, heading, about, problem, lines = [], form, link }: PhotoPage): string {
  const title = [problem && `${problem.word} ${heading}`, !problem && heading, authority].filter(Boolean).join(' – ');
  const main = [
    `<h1>${escaped(heading)}</h1>`,
    about && `<p class="about"><strong>${escaped(about[0])}</strong> <span>${escaped(about[1])}</span></p>`,
    problem && `<p class="problem" id="problem" role="alert">${escaped(problem.text)}</p>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    form && drawForm(form, problem !== undefined),
    link && `<p><a href="${escaped(link.to)}">${escaped(link.text)}</a></p>`,
  ];
  return `<!doctype html>
<html lang="${escaped(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<style>${STYLE}</style>
</head>
<body>
${authority ? `<header><p>${escaped(authority)}</p></header>` : ''}
<main>
${main.filter(Boolean).join('\n')}
</main>
</body>
</html>
`;
}

function drawForm({ label, help, button }: NonNullable<PhotoPage['form']>, isRefused: boolean): string {
  const described = isRefused ? 'aria-describedby="problem help" aria-invalid="true"' : 'aria-describedby="help"';
  return `<form method="post" enctype="multipart/form-data">
<label for="photo">${escaped(label)}</label>
<p class="help" id="help">${escaped(help)}</p>
<input id="photo" name="photo" type="file" accept="${ACCEPTED.join()}" ${described} required>
<button>${escaped(button)}</button>
</form>`;
}
