/**
 * The page behind the link of a text message, by which a photo is sent: what it asks, and what became of it.
 */
import { escaped } from '../../../domain/http/html';
import type { Page } from '../pages/page';

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

export function photoPage({ language, authority, heading, about, problem, lines = [], form, link }: PhotoPage): Page {
  const main = [
    about && `<p class="about"><strong>${escaped(about[0])}</strong> <span>${escaped(about[1])}</span></p>`,
    problem && `<p class="problem" id="problem" role="alert">${escaped(problem.text)}</p>`,
    ...lines.map((line) => `<p>${escaped(line)}</p>`),
    form && drawForm(form, problem !== undefined),
    link && `<p><a href="${escaped(link.to)}">${escaped(link.text)}</a></p>`,
  ];
  const shown = main.filter((each) => each !== undefined);
  return { language, heading, main: shown, ...(authority ? { authority } : {}), ...(problem ? { word: problem.word } : {}) };
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
