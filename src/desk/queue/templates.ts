/**
 * The messages that a person of the town hall may send by WhatsApp when its day is over: the templates that are marked for
 * the desk, in the language of whoever reads them.
 */

import type { Template } from '../../domain/language/sentences';
import { fillTemplate, LONGEST_TEMPLATE } from '../../domain/message/whatsapp';
import type { Town, Towns } from '../../domain/town';

export interface DeskTemplate extends Template {
  name: string;
  /** The language it is written in, and approved for. */
  language: string;
  desk: NonNullable<Template['desk']>;
}

/** Those of a language; of the town's first where it has none. */
export function templatesFor(towns: Pick<Towns, 'locale'>, { languages }: Town, language: string): DeskTemplate[] {
  for (const code of [language, languages[0]]) {
    const found = Object.entries(towns.locale(code)?.templates ?? {}).flatMap(([name, { desk, ...template }]) =>
      desk ? [{ ...template, name, language: code, desk }] : [],
    );
    if (found.length > 0) return found;
  }
  return [];
}

/** What the citizen reads; null where the values are not as many as its fields, or too long together. */
export function wordsOf({ body, desk }: DeskTemplate, values: readonly string[]): string | null {
  if (values.length !== desk.fields.length) return null;
  const text = fillTemplate(body, values);
  return text.length <= LONGEST_TEMPLATE ? text : null;
}
