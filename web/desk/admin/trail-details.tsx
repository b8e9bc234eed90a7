// What the audit log says beside what was done: names in place of ids, words in place of codes. What a version before this
// one has noted, and no word is known for, stands as it is.
import { useMoments } from '../time';
import { useWords, type Words } from '../words';

export interface Names {
  services: ReadonlyMap<string, string>;
  topics: ReadonlyMap<string, string>;
  agents: ReadonlyMap<string, string>;
}

type Known = Record<string, string | undefined>;

/** 'agent of voirie and proprete; admin of all'. */
function rolesInWords(written: string, t: Words, services: Names['services']): string {
  return written
    .split('; ')
    .map((one) => {
      const [, role = '', of = ''] = /^(\w+) of (.+)$/.exec(one) ?? [];
      if (!role) return one;
      const where = of === 'all' ? t.people.allServices : of.split(' and ').map((id) => services.get(id) ?? id);
      return `${t.people.roles[role] ?? role} (${[where].flat().join(', ')})`;
    })
    .join(' ; ');
}

export function TrailDetails({ details, network, names }: { details?: Known; network: string; names: Names }) {
  const t = useWords();
  const { shortDay, dayAndClock } = useMoments();
  const { rights, programs, tickets } = t;
  const yesOrNo: Known = { true: t.yes, false: t.no };

  function inWords(name: string, value: string): string {
    const states: Known = { ...tickets.states, ...tickets.is };
    const lists: Record<string, Known> = {
      state: states,
      by: { ...rights.ways, directory: t.trail.directory },
      proof: rights.proofs,
      asker: rights.askers,
      ground: rights.grounds,
      isPublic: yesOrNo,
      withOpen: yesOrNo,
    };
    if (name === 'roles') return rolesInWords(value, t, names.services);
    if (name === 'scopes')
      return value
        .split(' ')
        .map((one) => (programs.scopeNames as Known)[one] ?? one)
        .join(', ');
    if (name === 'until') return Number.isNaN(Date.parse(value)) ? value : dayAndClock(value);
    if (/^\d{4}-\d\d-\d\d$/.test(value)) return shortDay(value);
    if (name === 'from' || name === 'to') return names.services.get(value) ?? value;
    return lists[name]?.[value] ?? value;
  }
  const said = Object.entries(details ?? {}).map(([name, value]) =>
    t.pair((t.details as Known)[name] ?? name, inWords(name, value ?? '')),
  );
  return <span className="card-foot">{[...said, network].join(' · ')}</span>;
}
