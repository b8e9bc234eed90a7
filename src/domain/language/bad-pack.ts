/** A language pack that cannot be read: what stands in it that nobody reads, what is missing, what is no pattern. */
export interface Misfit {
  /** Where in `pack.yml`. */
  path: PropertyKey[];
  message: string;
}

export class BadPack extends Error {
  constructor(
    /** 'fr' */
    readonly language: string,
    readonly misfits: Misfit[],
    file: string,
  ) {
    super(`${file}:\n  ${misfits.map(({ path, message }) => `${path.join('.') || 'the file'}: ${message}`).join('\n  ')}`);
  }
}
