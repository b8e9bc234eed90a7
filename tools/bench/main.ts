/**
 * `npm run bench`: what durability costs, measured in one run on this machine. Ours on the embedded
 * store, ours on a MongoDB-protocol server, and the shortest echo bot without durability, all driven
 * by the same client; then the phone, and how a database that grows slows us down. Compare columns of
 * one run only.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCommand, type Typed } from '../run-command';
import { deskColumn, deskTable } from './desk';
import type { Plan } from './driver';
import { lookupColumns, lookupTable } from './lookup';
import { peerColumns, peerTable } from './peers';
import { phoneColumns, phoneTable } from './phone';
import { retentionColumns, retentionTable } from './retention';
import { scalingColumns, scalingTable } from './scaling';
import { startColumns, startTable } from './start';
import { growthOf, growthTable, webColumns, webTable } from './web';
import { type YearColumn, yearColumn, yearTable } from './year';

const PARTS = ['start', 'web', 'phone', 'growth', 'peers', 'desk', 'lookup', 'retention', 'scaling', 'year'] as const;
type Part = (typeof PARTS)[number];

const USAGE = `npm run bench                    all but peers and year
--only start,web                 parts of it: ${PARTS.join(', ')}
                                 peers: beside other people's work, which it installs; year: a town's year is lived through
--seconds 8                      how long each measurement lasts; --citizens 64 how many write
--growth 0,100000,1000000        messages in the store, for growth; --turns 100000 for retention; --tickets 50000 for lookup; --waiting 2000 before the desk opens
--topics 10 --towns 30           of scaling: how many times the topics, how many towns; --streams 500 pages that are open
--days 366 --scale 1             of the year, and how much of its contacts; --folder <path>: goes on there where it was stopped
--json <file>                    what was measured, as JSON`;

const OPTIONS = {
  json: { type: 'string' },
  seconds: { type: 'string', default: '8' },
  citizens: { type: 'string', default: '64' },
  turns: { type: 'string', default: '100000' },
  tickets: { type: 'string', default: '50000' },
  waiting: { type: 'string', default: '2000' },
  topics: { type: 'string', default: '10' },
  towns: { type: 'string', default: '30' },
  streams: { type: 'string', default: '500' },
  growth: { type: 'string', default: '0,100000,1000000' },
  days: { type: 'string', default: '366' },
  scale: { type: 'string', default: '1' },
  folder: { type: 'string' },
  only: { type: 'string', default: 'start,web,phone,growth,desk,retention,lookup,scaling' },
} as const;

/** In a year, of a town of 75,000. */
const CONTACTS = 475_000;

/** What citizens write, one after the other: greetings, questions, the beginning of reports, things not understood. */
const SAID: Array<(n: number) => string> = [
  () => 'bonjour',
  (n) => `combien coûte un passeport pour ${1 + (n % 9)} personnes, dont un enfant de ${3 + (n % 13)} ans ?`,
  (n) => `la mairie ouvre à quelle heure le ${1 + (n % 28)} mars ?`,
  (n) => `le lampadaire devant le ${1 + (n % 97)} rue Pasteur est cassé depuis ${2 + (n % 29)} jours`,
  () => 'annuler',
  (n) => `quel jour passent les poubelles jaunes la semaine du ${1 + (n % 28)} ?`,
  (n) => `il y a un trou de ${10 + (n % 90)} cm au ${1 + (n % 53)} rue Victor Hugo`,
  () => 'annuler',
  () => 'merci beaucoup',
  (n) => `how do I renew my identity card before the ${1 + (n % 28)}th, for ${1 + (n % 11)} of us?`,
];
/** So many that hardly a longer one comes twice: what a server remembers of messages is measured as it would be. */
const TEXTS = Array.from({ length: 20_000 }, (_, n) => SAID[n % SAID.length]!(Math.floor(n / SAID.length)));

/** What one part has measured, and its table. */
interface Outcome {
  measured: unknown;
  lines: string[];
}

interface Asked {
  plan: Plan;
  /** Where a part keeps what it writes. */
  folder(name: string): string;
  numbers: Record<'turns' | 'tickets' | 'waiting' | 'topics' | 'towns' | 'streams' | 'days' | 'scale', number>;
  sizes: number[];
  /** Where the year goes on. */
  yearFolder?: string;
}

function outcome<T>(measured: T, table: (measured: T) => string[]): Outcome {
  return { measured, lines: table(measured) };
}

const RUN: Record<Part, (asked: Asked) => Promise<Outcome>> = {
  start: async ({ folder }) => outcome(await startColumns(folder), startTable),
  web: async ({ plan, folder }) => outcome(await webColumns(plan, folder), webTable),
  phone: async ({ plan, folder }) => outcome(await phoneColumns(plan, folder), phoneTable),
  growth: async ({ plan, sizes, folder }) => outcome(await growthOf(plan, sizes, folder('grown')), growthTable),
  peers: async ({ plan, folder }) => outcome(await peerColumns(plan, folder), peerTable),
  desk: async ({ plan, numbers, folder }) =>
    outcome(await deskColumn(plan.texts, plan.forMs, folder('desk'), numbers.waiting), deskTable),
  lookup: async ({ plan, numbers, folder }) =>
    outcome(await lookupColumns(numbers.tickets, plan.forMs, folder('lookup')), lookupTable),
  retention: async ({ plan, numbers, folder }) =>
    outcome(await retentionColumns(plan.texts, numbers.turns, plan.forMs, folder), retentionTable),
  scaling: async ({ plan, numbers, folder }) => outcome(await scalingColumns(plan, numbers, folder), scalingTable),
  year: async ({ numbers, yearFolder, folder }) => {
    const column = await yearOf(numbers, yearFolder ?? folder('year'));
    return { measured: column, lines: column ? yearTable(column) : [] };
  },
};

async function main({ values }: Typed<typeof OPTIONS>): Promise<number | 'usage'> {
  const wanted = PARTS.filter((part) => values.only.split(',').includes(part));
  const sizes = values.growth.split(',').filter(Boolean).map(Number);
  const [seconds, citizens] = [Number(values.seconds), Number(values.citizens)];
  const { turns, tickets, waiting, topics, towns, streams, days, scale } = values;
  const numbers = {
    turns: Number(turns),
    tickets: Number(tickets),
    waiting: Number(waiting),
    topics: Number(topics),
    towns: Number(towns),
    streams: Number(streams),
    days: Number(days),
    scale: Number(scale),
  };
  const isNumber = [seconds, citizens, ...Object.values(numbers)].every((one) => one > 0) && sizes.every((one) => one >= 0);
  if (!isNumber || wanted.length !== values.only.split(',').length) return 'usage';
  const scratch = mkdtempSync(join(tmpdir(), 'guichet-bench-'));
  const plan = { citizens, texts: TEXTS, forMs: seconds * 1000 };
  const asked = { plan, numbers, sizes, yearFolder: values.folder, folder: (name: string) => join(scratch, name) };
  try {
    const head = `${cpus().length} cores, Node ${process.versions.node}, ${citizens} citizens, ${seconds} s a measurement`;
    process.stdout.write(`${head}\n`);
    const measured: Record<string, unknown> = { node: process.versions.node, cores: cpus().length };
    // Each part is told and kept as soon as it is over: what fails later takes nothing away.
    for (const part of wanted) {
      const { measured: one, lines } = await RUN[part](asked);
      measured[part] = one;
      if (lines.length > 0) process.stdout.write(`\n${lines.join('\n')}\n`);
      if (values.json) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`);
    }
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Ctrl+C ends it after the day that is under way; null then. */
async function yearOf({ days, scale }: Asked['numbers'], folder: string): Promise<YearColumn | null> {
  let isStopped = false;
  process.once('SIGINT', () => {
    isStopped = true;
  });
  return yearColumn({
    ...{ contacts: CONTACTS, scale, days, folder },
    says(day, { contacts, tookMs }) {
      process.stderr.write(`day ${day}: ${contacts} contacts, ${(tookMs / 60_000).toFixed(1)} min\n`);
      return isStopped;
    },
  });
}

runCommand({ usage: USAGE, options: OPTIONS, main });
