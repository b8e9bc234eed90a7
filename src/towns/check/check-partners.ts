/** The authorities that a town hands requests to: reached somehow, named once, and for topics that there are. */
import { isStillVerified, type Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import type { Complain } from '../fault';
import { checkLocalised } from './check-topic';

export function checkPartners(town: Town, topics: readonly Topic[], today: string, complain: Complain): void {
  const partners = town.partners ?? [];
  const ids = new Map(topics.map((topic) => [topic.id, topic]));
  const taken = new Map<string, string>();
  for (const [index, { id, name, phone, web, address, email, open311, verified, topics: at = [] }] of partners.entries()) {
    const path = ['partners', index];
    checkLocalised([...path, 'name'], name, town.languages, complain);
    if (partners.findIndex((other) => other.id === id) < index || ids.get(id)?.office)
      complain(
        [...path, 'id'],
        'twice',
        `"${id}" is there twice.`,
        'Give each authority, and each topic of another office, an id of its own.',
      );
    if (!phone && !web && !address)
      complain(path, 'missing-field', 'Nothing says how citizens reach this authority.', 'Add "phone:", "web:" or "address:".');
    if (!isStillVerified(verified, today))
      complain(
        [...path, 'verified', 'until'],
        'expired',
        `Nobody vouches for "${id}" today, so nothing is handed to it by hand.`,
        'Check it, and write the new dates.',
        'warning',
      );
    if (at.length > 0 && !email && !open311)
      complain([...path, 'topics'], 'missing-field', 'Nothing says how requests are handed over.', 'Add "email:" or "open311:".');
    for (const [place, topic] of at.entries()) {
      if (!ids.get(topic)?.form)
        complain(
          [...path, 'topics', place],
          'unknown-topic',
          `No requests are made about "${topic}".`,
          'Name a topic with a form.',
        );
      if (taken.has(topic))
        complain(
          [...path, 'topics', place],
          'twice',
          `Requests about "${topic}" already go to "${taken.get(topic)}".`,
          'Name each topic with one authority.',
        );
      taken.set(topic, taken.get(topic) ?? id);
    }
    for (const topic of Object.keys(open311?.services ?? {}))
      if (topic !== 'other' && !ids.has(topic))
        complain(
          [...path, 'open311', 'services', topic],
          'unknown-topic',
          `The town has no topic "${topic}".`,
          'Write the id of a topic, or "other" for all that are not named.',
        );
    for (const [place, topic] of at.entries())
      if (open311 && !email && !open311.services[topic] && !open311.services.other)
        complain(
          [...path, 'topics', place],
          'missing-field',
          `Nothing says what "${topic}" is called there.`,
          'Add it to "services:", or "other:".',
        );
  }
}
