/**
 * What a usual message costs: processor time of this process, threads included, so that it is the same however busy the
 * machine is with other things; beside a plain question, so that machines can be compared.
 */
import type { Understanding } from '../../src/understanding';
import type { Table } from './table';
import { NOW } from './turns';

const PLAIN = 'quels sont les horaires de la mairie ?';
/** No usual question takes longer. */
const LIMIT_MS = 100;
/** The least of so many: what is done for the first time compiles expressions. */
const TRIES = 3;
const PLAIN_TRIES = 50;

/** Heard and read, as in a turn. */
export async function evaluateCost(
  texts: string[],
  pipeline: Pick<Understanding, 'hear' | 'read'>,
  town: string,
): Promise<Table> {
  const costOf = async (text: string, tries: number): Promise<number> => {
    let least = Number.POSITIVE_INFINITY;
    for (let time = 0; time < tries; time++) {
      const before = process.cpuUsage();
      await pipeline.hear(text, { town, prior: 'fr', now: NOW });
      await pipeline.read(text, { town, prior: 'fr', now: NOW });
      const { user, system } = process.cpuUsage(before);
      least = Math.min(least, (user + system) / 1000);
    }
    return least;
  };
  const plain = await costOf(PLAIN, PLAIN_TRIES);
  const costs: number[] = [];
  for (const text of texts) costs.push(await costOf(text, TRIES));
  costs.sort((one, other) => one - other);
  const at = (share: number) => costs[Math.min(costs.length - 1, Math.floor(share * costs.length))] ?? 0;
  const rounded = (value: number) => Math.round(value * 10) / 10;
  const row = (name: string, ms: number) => [name, rounded(ms), rounded(ms / plain)];
  return {
    title: `Processor time of a message, heard and read: ${texts.length} messages`,
    columns: ['', 'ms', 'times a plain question'],
    rows: [
      row('a plain question', plain),
      row('median', at(0.5)),
      row('99 of 100 take less', at(0.99)),
      row('the longest', at(1)),
    ],
    notes: [`Over ${LIMIT_MS} ms: ${costs.filter((ms) => ms > LIMIT_MS).length}`],
  };
}
