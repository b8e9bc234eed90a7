/**
 * What web addresses in a message are called: a page shows a link by its name, where a phone shows the address to type.
 * Names stand in the files of the town, "links:" of town.yml and of its topics; one of a site holds for all its pages,
 * and the most exact counts.
 */

import type { Localised } from '../../domain/language/localised';
import type { Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';

const ADDRESS = /https?:\/\/[^\s<>"]+/g;
/** What may stand behind an address in a sentence. */
const TRAILING = /[.,;:!?)\]}»’'…]+$/;

interface NamedLink {
  /** As it stands in the words. */
  address: string;
  name: string;
}

/** Undefined where no address has a name. */
export function linkNames(
  words: string,
  town: Town,
  topics: readonly Topic[],
  local: (text: Localised) => string,
): NamedLink[] | undefined {
  const found = words.match(ADDRESS);
  if (!found) return undefined;
  const known = new Map([...topics, town].flatMap(({ links }) => Object.entries(links ?? {})));
  const named = found.flatMap((written) => {
    const address = written.replace(TRAILING, '');
    const name = URL.canParse(address) ? nameFor(address, known) : undefined;
    return name ? [{ address, name: local(name) }] : [];
  });
  return named.length > 0 ? named : undefined;
}

/** Of the page, else of what it stands in. */
function nameFor(address: string, known: ReadonlyMap<string, Localised>): Localised | undefined {
  const { origin } = new URL(address);
  for (let rest = address.replace(/\/$/, ''); rest.length >= origin.length; rest = rest.slice(0, rest.lastIndexOf('/'))) {
    const name = known.get(rest);
    if (name) return name;
  }
  return undefined;
}
