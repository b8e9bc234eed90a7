/**
 * What a text message costs and how French is kept cheap: GSM-7 or UCS-2, how many segments,
 * and the substitutions that no reader will notice (protocols.md 1.8). Pure arithmetic on text.
 */

const BASIC =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
const EXTENSION = '\f^{}\\[~]|€';

/** Septets of each character of the GSM 03.38 alphabet; the extension table costs an escape more. */
const SEPTETS = new Map<string, number>([
  ...[...BASIC].map((character): [string, number] => [character, 1]),
  ...[...EXTENSION].map((character): [string, number] => [character, 2]),
]);

export interface Size {
  encoding: 'gsm-7' | 'ucs-2';
  segments: number;
}

/** Room of a lone message and of each part of a longer one, in septets or UTF-16 units. */
const ROOM = { 'gsm-7': { single: 160, part: 153 }, 'ucs-2': { single: 70, part: 67 } } as const;

export function sizeOf(text: string): Size {
  const characters = [...text];
  const encoding = characters.every((character) => SEPTETS.has(character)) ? 'gsm-7' : 'ucs-2';
  const costs = characters.map((character) => (encoding === 'gsm-7' ? SEPTETS.get(character)! : character.length));
  const room = ROOM[encoding];
  if (costs.reduce((sum, cost) => sum + cost, 0) <= room.single) return { encoding, segments: 1 };
  let segments = 1;
  let used = 0;
  for (const cost of costs) {
    // An escape or a surrogate pair is never cut in two: it opens the next segment.
    if (used + cost > room.part) {
      segments += 1;
      used = 0;
    }
    used += cost;
  }
  return { encoding, segments };
}

/** Signs that a telephone's plain alphabet has under another shape. Letters of names are never among them. */
const SAME_TO_A_READER: Array<[RegExp, string]> = [
  [/[\u2018\u2019\u201b\u2032]/g, "'"],
  [/[ \u00a0\u202f]{0,3}[\u00ab\u201c][ \u00a0\u202f]{0,3}/g, ' "'],
  [/[ \u00a0\u202f]{0,3}[\u00bb\u201d]/g, '"'],
  [/\u2026/g, '...'],
  [/[\u2010-\u2015\u2212]/g, '-'],
  [/[\u2022\u00b7\u25cf\u25aa]/g, '-'],
  [/[\u00a0\u2000-\u200a\u202f]/g, ' '],
  [/\u200b|\u200c|\u200d|\u2060|\ufe0f|\ufeff/g, ''],
  [/œ/g, 'oe'],
  [/Œ/g, 'OE'],
  [/(?<![\p{L}\p{N}])n°\s?/gu, 'no '],
  [/²/g, '2'],
  [/×/g, 'x'],
  // French printers have always dropped this accent; it is a word of its own, never part of a name.
  [/(?<!\p{L})À(?!\p{L})/gu, 'A'],
];

const DECORATION = /[ \t]{0,3}(?:\p{Extended_Pictographic}|\p{Regional_Indicator}|[\u{1f3fb}-\u{1f3ff}])+/gu;

/**
 * The same words in the plain alphabet where that costs nobody anything, else unchanged: a text
 * that must travel in UCS-2 anyway keeps its apostrophes, and accents are never dropped.
 */
export function inPlainAlphabet(text: string): string {
  if (sizeOf(text).encoding === 'gsm-7') return text;
  const candidates = [substitute(text)];
  const bare = substitute(text.replace(DECORATION, '')).trim();
  if (bare) candidates.push(bare);
  return candidates.find((candidate) => sizeOf(candidate).encoding === 'gsm-7') ?? text;
}

function substitute(text: string): string {
  let plain = text.normalize('NFC');
  for (const [sign, instead] of SAME_TO_A_READER) plain = plain.replace(sign, instead);
  return plain.replace(/^ "/gm, '"').replace(/ {2,}/g, ' ');
}
