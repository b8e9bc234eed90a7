// A town gives one colour; whatever it is, white text on it and it on white must be readable (WCAG 1.4.3, 4.5:1).

const channels = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));

function contrastWithWhite(rgb: number[]): number {
  const [red, green, blue] = rgb.map((value) => {
    const part = value / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05);
}

/** The colour itself, or darkened until white reads on it at 4.5:1; undefined when it is not `#rrggbb`. */
export function readableColour(hex: string | undefined): string | undefined {
  if (!hex || !/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  let rgb = channels(hex);
  while (contrastWithWhite(rgb) < 4.5) rgb = rgb.map((value) => Math.floor(value * 0.95));
  return `#${rgb.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
