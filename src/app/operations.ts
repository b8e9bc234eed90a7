/** What an operator's machines ask about this program and its rows: is it well, and how is it doing. */
import type { Config } from '../config';
import { createHealth } from '../http/health';
import { REASONS } from '../store/rows/desk/reports';
import type { Towns } from '../towns';
import type { House } from './house';
import type { Readiness } from './readiness';

/** @param house asked for each time: the log, which counts here, is there before the rows are. */
export function openOperations(
  config: Config,
  towns: Towns,
  clock: () => Date,
  readiness: Readiness,
  house: () => Pick<House, 'store' | 'mailroom'>,
) {
  return createHealth({
    standing: readiness.standing,
    ping: () => house().store.ping(),
    mail: () => house().store.mail.counts(),
    inHand: () => house().mailroom().inHand(),
    figures: {
      dataDir: config.dataDir,
      databaseFile: config.store.kind === 'sqlite' ? config.store.file : undefined,
      oldest: () => house().store.mail.oldest(),
      requests: () =>
        house().store.tickets.tally(
          towns.list().map(({ id }) => ({ town: id, topics: towns.topics(id).map((topic) => topic.id) })),
        ),
      async withoutOutcome() {
        const latest = await Promise.all(towns.list().map(({ id }) => house().store.reports.latest(id)));
        return latest.flatMap((report) =>
          report ? REASONS.map((why) => ({ town: report.town, why, count: report.counts[why] ?? 0 })) : [],
        );
      },
      readySince: readiness.since,
      now: () => clock().getTime(),
    },
  });
}
