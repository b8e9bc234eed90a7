/**
 * Publishing a topic without a restart. The file in the town's folder is the truth; beside it stands a row for each
 * publication, by which every process takes it over and everything can be taken back. What was published counts until
 * somebody changes the file to something the desk has not seen: then the file does, and the operator is told.
 */
import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Heard } from '../../domain/language/heard';
import type { Topic } from '../../domain/topic/topic';
import type { TopicEdit } from '../../domain/topic/topic-edit';
import type { Town, Towns } from '../../domain/town';
import type { Publication, Publications } from '../../store/rows/publications';
import { within } from './within';

/** A fault as `npm run check-town` tells it. */
export interface DraftFault {
  file: string;
  line: number;
  severity: 'fault' | 'warning';
  code: string;
  message: string;
  fix: string;
  language?: string;
}

export interface Trial {
  heard: Heard;
  /** The narrower answer of the topic that is heard first. */
  detail: string | null;
}

/** What is handed in: the desk knows neither files nor languages. */
export interface Drafting {
  edit(text: string, edit: TopicEdit): string;
  /** Whether a town with this fault must not be opened. */
  isBlocking(fault: DraftFault): boolean;
  files: {
    read(town: string, topic: string): Promise<string | null>;
    write(town: string, topic: string, text: string | null): Promise<boolean>;
  };
  /**
   * The town with some files as they might be, by path inside its folder (null: taken away). `isChecked`: as clerks have it
   * checked; else only whether it can be served.
   */
  read(
    town: string,
    changed: ReadonlyMap<string, string | null>,
    isChecked: boolean,
  ): Promise<{ topics: Topic[]; faults: DraftFault[] }>;
  /** Learns the topics, and from then on hears with them. */
  hearWith(town: Town, topics: Topic[]): Promise<void>;
  /** From now on these are the town's topics. */
  replace(town: string, topics: Topic[]): void;
  /** What words would be heard as, with the topics of a draft or (without them) with those of now. */
  hear(text: string, options: { town: string; language: string; now: Date; topics?: Topic[] }): Promise<Trial>;
  /** Texts that mean the same, as lists of their places. */
  group(town: string, texts: Array<{ text: string; language: string }>): Promise<number[][]>;
}

export interface PublishingParts {
  drafting: Drafting;
  publications: Publications;
  towns: Pick<Towns, 'list' | 'get' | 'topics'>;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}

export type Publishing = ReturnType<typeof createPublishing>;

/** Publications read at once. */
const AT_ONCE = 50;
/** How long whoever publishes waits for citizens to be answered by it; it goes on without them. */
const PATIENCE_MS = 10_000;
const NONE = 'none';

export const hashOf = (text: string | null) => (text === null ? null : createHash('sha256').update(text).digest('hex'));
const fileOf = (topic: string) => `topics/${topic}.yml`;

interface History {
  last: Publication;
  /** Every state of the file that the desk knows. */
  known: Set<string>;
}

export function createPublishing({ drafting, publications, towns, clock, log }: PublishingParts) {
  const { files } = drafting;
  /** By `<town>/<topic>`: what this process knows of what was published. */
  const histories = new Map<string, History>();
  const told = new Set<string>();
  let seen = 0;
  let work: Promise<unknown> = Promise.resolve();

  /** Towns of which something was published that this process has not taken over. */
  const unapplied = new Set<string>();

  /** False where it could not be done; then it is tried again. */
  function applyInTurn(town: string): Promise<boolean> {
    return inTurn(() => apply(town)).then(
      () => true,
      (error: Error) => {
        unapplied.add(town);
        log('warn', 'knowledge.not-applied', { town, reason: error.name });
        return false;
      },
    );
  }

  /** One after the other: learning takes a core for seconds, and the last to end must be the last published. */
  function inTurn<T>(job: () => Promise<T>): Promise<T> {
    const next = work.then(job, job);
    work = next.catch(() => {});
    return next;
  }

  function note(publication: Publication): void {
    const key = `${publication.town}/${publication.topic}`;
    const known = histories.get(key)?.known ?? new Set<string>();
    known.add(publication.base ?? NONE).add(publication.hash ?? NONE);
    histories.set(key, { last: publication, known });
    seen = Math.max(seen, publication.seq);
  }

  /** Reads what was published since; the towns it concerns. */
  async function catchUp(): Promise<Set<string>> {
    const touched = new Set<string>();
    for (;;) {
      const some = await publications.after(seen, AT_ONCE);
      for (const publication of some) {
        note(publication);
        touched.add(publication.town);
      }
      if (some.length < AT_ONCE) return touched;
    }
  }

  /** The text of a topic that counts, and whether the file in the folder is another. */
  async function inForce(town: string, topic: string): Promise<{ text: string | null; isOnlyHere: boolean }> {
    const file = await files.read(town, topic);
    const history = histories.get(`${town}/${topic}`);
    if (!history || hashOf(file) === history.last.hash) return { text: file, isOnlyHere: false };
    if (history.known.has(hashOf(file) ?? NONE)) return { text: history.last.text, isOnlyHere: true };
    const key = `${town}/${topic} ${hashOf(file)}`;
    if (!told.has(key)) log('warn', 'knowledge.superseded', { town, topic });
    told.add(key);
    return { text: file, isOnlyHere: false };
  }

  /** What stands in rows and not in the folder, by path. */
  async function overlay(town: string): Promise<Map<string, string | null>> {
    const changed = new Map<string, string | null>();
    for (const { last } of histories.values()) {
      if (last.town !== town) continue;
      const { text, isOnlyHere } = await inForce(town, last.topic);
      if (isOnlyHere) changed.set(fileOf(last.topic), text);
    }
    return changed;
  }

  /** Brings the folder up to date where it stands at what the last publication was made from. */
  async function writeDown(town: string): Promise<void> {
    for (const { last } of histories.values()) {
      if (last.town !== town) continue;
      const file = await files.read(town, last.topic);
      if (hashOf(file) === last.base && last.base !== last.hash) await files.write(town, last.topic, last.text);
    }
  }

  /** From now on citizens of the town are answered by what is in force. */
  async function apply(townId: string): Promise<void> {
    const town = towns.get(townId);
    if (!town) return;
    await writeDown(townId);
    const { topics, faults } = await drafting.read(townId, await overlay(townId), false);
    // A folder that somebody is half-way through changing: what is served stays as it is.
    if (topics.length === 0 || faults.some(drafting.isBlocking)) {
      log('warn', 'knowledge.not-applied', { town: townId, faults: faults.filter(drafting.isBlocking).length });
      return;
    }
    if (isDeepStrictEqual(topics, towns.topics(townId))) return;
    // A topic that is taken away is heard until the new ones are learnt, and answered as long.
    const staying = towns.topics(townId).filter(({ id }) => !topics.some((topic) => topic.id === id));
    drafting.replace(townId, [...topics, ...staying]);
    await drafting.hearWith(town, topics);
    drafting.replace(townId, topics);
    log('info', 'knowledge.applied', { town: townId, topics: topics.length });
  }

  /** The town with one topic as it might be. */
  async function draft(town: string, topic: string, text: string | null) {
    const changed = await overlay(town);
    changed.set(fileOf(topic), text);
    const [{ topics, faults }, now] = await Promise.all([
      drafting.read(town, changed, true),
      text === null ? null : drafting.read(town, await overlay(town), true),
    ]);
    const key = ({ file, code, message }: DraftFault) => `${file} ${code} ${message}`;
    const before = new Set(now?.faults.map(key));
    // What is wrong elsewhere already is not this draft's.
    const own = faults.filter((fault) => fault.file.endsWith(`/${fileOf(topic)}`) || !before.has(key(fault)));
    return { topics, faults: own };
  }

  type Outcome =
    | { outcome: 'published'; isHeard: boolean }
    | { outcome: 'changed' }
    | { outcome: 'faults'; faults: DraftFault[] };

  async function publish(asked: Pick<Publication, 'town' | 'topic' | 'base' | 'text' | 'by' | 'kind'>): Promise<Outcome> {
    const { town, topic, base, text, kind } = asked;
    for (;;) {
      for (const other of await catchUp()) unapplied.add(other);
      const before = (await inForce(town, topic)).text;
      if (hashOf(before) !== base) return { outcome: 'changed' };
      const { faults } = await draft(town, topic, text);
      if (faults.some(({ severity }) => severity === 'fault') && kind === 'edit') return { outcome: 'faults', faults };
      const at = clock().getTime();
      const isKept = histories.get(`${town}/${topic}`)?.last.hash === base;
      const made = await publications.add(seen, { ...asked, hash: hashOf(text), at, ...(isKept ? {} : { before }) });
      // Somebody published at the same moment: looked at anew.
      if (!made) continue;
      note(made);
      return { outcome: 'published', isHeard: (await within(applyInTurn(town), PATIENCE_MS)) ?? false };
    }
  }

  return {
    inForce,
    draft,
    publish,
    /** Takes over what other processes published. */
    async sweep(): Promise<void> {
      for (const town of await catchUp()) unapplied.add(town);
      for (const town of [...unapplied]) {
        unapplied.delete(town);
        void applyInTurn(town);
      }
    },
    settled: () => work,
  };
}
