/**
 * The id under which anybody may see that a request stands: it tells nothing of the reference, which with a phone number is
 * the proof of who made it. Derived from the ticket's own id, which is nobody's to guess.
 */
import { createHash } from 'node:crypto';

export function publicIdOf(id: string): string {
  return `r${createHash('sha256').update(`public:${id}`).digest('hex').slice(0, 14)}`;
}
