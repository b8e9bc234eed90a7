/**
 * Requests taken over from a file: first tried, which says what is wrong by line and opens nothing, then opened, each once.
 * The same file sent again opens nothing twice. For those who watch over a whole town.
 */
import { z } from 'zod';
import type { Route } from '../../domain/http/route';
import type { Calendar, Towns } from '../../domain/town';
import type { Tickets } from '../../store/rows/tickets';
import { FORBIDDEN, type Frame } from '../api/frame';
import { watchesAll } from '../people/rights';
import type { Trail } from '../people/trail';
import type { ImportOutcome } from '../wire';
import { readImport } from './read-import';

const MOST_FAULTS = 100;
const Import = z.strictObject({ csv: z.string().max(250_000), isTrial: z.boolean() });

export interface ImportParts {
  frame: Frame;
  tickets: Pick<Tickets, 'open' | 'byReference'>;
  towns: Pick<Towns, 'topics'>;
  calendar: Calendar;
  clock: () => Date;
  trail: Trail;
}

export function createImportRoutes({ frame, tickets, towns, calendar, clock, trail }: ImportParts): Route[] {
  return [
    frame.agents({
      method: 'post',
      path: '/desk/api/tickets/import',
      body: Import,
      async handle({ caller: { agent, town, doer }, body: { csv, isTrial } }) {
        if (!watchesAll(agent, town)) return FORBIDDEN;
        const { drafts, faults } = readImport(csv, { town, topics: towns.topics(town.id), calendar, now: clock() });
        const outcome: ImportOutcome = { ready: 0, opened: 0, there: 0, faults: faults.slice(0, MOST_FAULTS) };
        for (const draft of drafts) {
          const known = await tickets.byReference(town.id, draft.reference);
          if (known) outcome.there += 1;
          else if (isTrial || faults.length > 0) outcome.ready += 1;
          else {
            await tickets.open(draft);
            outcome.opened += 1;
          }
        }
        if (outcome.opened > 0) await trail.did(doer, 'tickets.imported', `town:${town.id}`, { count: String(outcome.opened) });
        return { status: 200, body: outcome };
      },
    }),
  ];
}
