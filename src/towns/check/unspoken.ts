/** A language that a town asks for and the product does not speak: said once, where it is named, and not in every file that lacks it. */
import type { Town } from '../../domain/town';
import type { Fault } from '../fault';
import type { Locale } from '../read/read-locale';

export const UNKNOWN_LANGUAGE = 'unknown-language';

/** What a town's texts lack in a language that the product does not speak is no work for its clerks: counted where it is named. */
export function withoutUnspoken(faults: readonly Fault[], town: Town, locales: ReadonlyMap<string, Locale>): Fault[] {
  const lacking = new Set(town.languages.filter((code) => !locales.has(code)));
  const isOfThose = ({ code, language }: Fault) => code !== UNKNOWN_LANGUAGE && language !== undefined && lacking.has(language);
  const counted = faults.filter(isOfThose);
  return faults
    .filter((fault) => !isOfThose(fault))
    .map((fault) => {
      const some = fault.code === UNKNOWN_LANGUAGE ? counted.filter(({ language }) => language === fault.language) : [];
      if (some.length === 0) return fault;
      const files = new Set(some.map(({ file }) => file)).size;
      return { ...fault, message: `${fault.message} ${some.length} text(s) in ${files} file(s) of the town lack it too.` };
    });
}
