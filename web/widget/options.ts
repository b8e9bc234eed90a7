// What the embedding page says on the script tag: which town, in which language, and how long to remember.
import { chooseLanguage } from './words';

export interface Options {
  /** Origin of the Guichet server: where the script itself came from. */
  server: string;
  town: string;
  language: string;
  /** `session` (default): forgotten when the tab closes. `device`: `data-remember="device"`, kept on this device. */
  remember: 'session' | 'device';
}

/** Reads `<script src="…/widget.js" data-town="…" [data-lang] [data-remember]>`; throws when the town is missing. */
export function readOptions(script: HTMLScriptElement): Options {
  const { town, lang, remember } = script.dataset;
  if (!town || !/^[a-z0-9-]+$/.test(town)) {
    throw new Error('Guichet: the script tag needs data-town="…", the id of a town on this server (a-z, 0-9, -).');
  }
  return {
    server: new URL(script.src).origin,
    town,
    language: chooseLanguage([lang, document.documentElement.lang, ...(navigator.languages ?? [])]),
    remember: remember === 'device' ? 'device' : 'session',
  };
}
