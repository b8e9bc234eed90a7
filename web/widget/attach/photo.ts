// Choosing a photo (or a PDF) to send with the next message: checked, shown small, and easy to take back.
import { el, icon, nameButton } from '../element';
import type { Words } from '../words';
import { prepare } from './picture';

/** What the server takes; asked for HEIC by nobody, an iPhone converts its photos to JPEG. */
const KINDS = ['image/jpeg', 'image/png', 'image/webp', 'image/gif', 'application/pdf'];
const THUMBNAIL_PX = 160;

/** Drawn on a canvas, because a strict CSP has no `blob:` images; undefined when the browser can't read the format. */
export async function drawThumbnail(file: File, name: string): Promise<HTMLCanvasElement | undefined> {
  if (!file.type.startsWith('image/') || typeof createImageBitmap === 'undefined') return undefined;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, THUMBNAIL_PX / Math.max(picture.width, picture.height));
    const [width, height] = [Math.ceil(picture.width * scale), Math.ceil(picture.height * scale)];
    const canvas = el('canvas', { class: 'thumbnail', role: 'img', 'aria-label': name, width, height });
    canvas.getContext('2d')?.drawImage(picture, 0, 0, width, height);
    picture.close();
    return canvas;
  } catch {
    return undefined;
  }
}

interface Parts {
  words(): Words;
  say(text: string, isProblem?: boolean): void;
  /** Focus goes back to writing once there is something to write about. */
  focus(): void;
}

interface PhotoChoice {
  button: HTMLButtonElement;
  input: HTMLInputElement;
  preview: HTMLElement;
  translate(): void;
  /** The file chosen, and with it the preview taken away. */
  take(): File | undefined;
}

export function createPhotoChoice({ words, say, focus }: Parts): PhotoChoice {
  let chosen: File | undefined;
  /** Making a large photo ready takes its time, and the citizen may choose another meanwhile. */
  let choosing = 0;
  const input = el('input', { type: 'file', accept: KINDS.join(), hidden: true, onchange: choose });
  const button = el('button', { type: 'button', class: 'tool', onclick: () => input.click() }, icon('photo'));
  const preview = el('div', { class: 'preview', hidden: true });

  function clear() {
    chosen = undefined;
    preview.hidden = true;
    preview.replaceChildren();
  }

  async function choose() {
    const picked = input.files?.[0];
    input.value = '';
    if (!picked) return;
    clear();
    choosing += 1;
    const mine = choosing;
    say(words().photoPreparing, true);
    const prepared = await prepare(picked);
    if (mine !== choosing) return;
    if ('problem' in prepared) return say(words()[prepared.problem], true);
    const { file } = prepared;
    chosen = file;
    const remove = () => {
      clear();
      say(words().photoRemoved);
      focus();
    };
    const removal = {
      type: 'button',
      class: 'tool',
      'aria-label': words().photoRemove,
      title: words().photoRemove,
      onclick: remove,
    };
    const name = el('span', {}, picked.name);
    preview.append(icon('file'), name, el('button', removal, icon('close')));
    preview.hidden = false;
    say(words().photoReady(picked.name));
    focus();
    const thumbnail = await drawThumbnail(file, '');
    if (thumbnail && chosen === file) {
      // The name stands beside it: the picture adds nothing to hear.
      thumbnail.setAttribute('aria-hidden', 'true');
      preview.firstElementChild?.replaceWith(thumbnail);
    }
  }

  return {
    button,
    input,
    preview,
    translate: () => nameButton(button, words().photo),
    take() {
      const file = chosen;
      clear();
      return file;
    },
  };
}
