// On what something was done, as the audit log shows it: by its name, and with a link where it has a view of its own.
import { follow, pathOf, type Route } from '../route';
import { useWords } from '../words';
import type { Names } from './trail-details';

function viewOf(kind: string, id: string): Route | undefined {
  switch (kind) {
    case 'conversation':
      return { view: 'desk', conversation: id };
    case 'ticket':
      return { view: 'ticket', reference: id };
    case 'topic':
      return { view: 'knowledge', topic: id };
    default:
      return undefined;
  }
}

/** @param subject as the log keeps it, 'ticket:47HZ-B7WS'; one of a kind that has no words here stands as it is. */
export function TrailSubject({ subject, names }: { subject: string; names: Names }) {
  const words: Record<string, (id: string) => string> = useWords().trail.subjects;
  const at = subject.indexOf(':');
  const [kind, id] = at < 0 ? [subject, ''] : [subject.slice(0, at), subject.slice(at + 1)];
  const known = { service: names.services, topic: names.topics }[kind]?.get(id);
  const name = kind === 'agent' ? names.agents.get(id) : words[kind]?.(known ?? id);
  const view = viewOf(kind, id);
  if (!view) return name ?? subject;
  return (
    <a href={pathOf(view)} onClick={(event) => follow(event, view)}>
      {name}
    </a>
  );
}
