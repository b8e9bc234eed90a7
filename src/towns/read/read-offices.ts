/**
 * Other offices are the same for many towns: `offices: bellerive` in town.yml takes the topics of kind "elsewhere" from the
 * folder of the town beside it, so that they are checked and dated once. A file of its own with the same name counts instead.
 * Of what else that town is asked only the words are taken: a village with six files is asked about passports too, and must
 * neither take that for one of the six nor send it to the tax office.
 */
import { basename, dirname, join, resolve } from 'node:path';
import { phraseKey } from '../../domain/language/words';
import type { Topic, UnfiledTopic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import type { Fault } from '../fault';
import { readYaml } from '../yaml/yaml-source';
import { readFolder, type TownFiles } from './read-folder';
import { type ReadTopic, readTopic } from './read-topic';

export interface LentOffices {
  topics: ReadTopic[];
  /** What is the town hall's own matter there. */
  others: ReadTopic[];
  faults: Fault[];
}

export const NONE_LENT: LentOffices = { topics: [], others: [], faults: [] };

/** Reads what a town borrows. @param folder of the town that borrows. */
type ReadOffices = (folder: string, files: TownFiles) => Promise<LentOffices>;

/** What one town lends is read once, however many borrow it. */
export function createOfficeReader(): ReadOffices {
  const lenders = new Map<string, Promise<ReadonlyMap<string, ReadTopic> | null>>();
  return async (folder, files) => {
    const file = files.nameOf('town.yml');
    const { source } = readYaml(file, files.texts.get('town.yml') ?? '');
    const lender = (source?.value as { offices?: unknown } | null)?.offices;
    if (typeof lender !== 'string' || !/^[a-z][a-z0-9-]*$/.test(lender) || lender === basename(resolve(folder))) return NONE_LENT;
    const from = join(dirname(resolve(folder)), lender);
    const reading = lenders.get(from) ?? readLent(from);
    lenders.set(from, reading);
    const lent = await reading;
    if (lent === null) {
      const message = `There is no folder "${lender}" beside this town, so nobody is told of other offices.`;
      const fix = 'Name the folder of a town whose files of other offices are used, or remove "offices:".';
      const line = source?.lineOf(['offices']) ?? 1;
      return { ...NONE_LENT, faults: [{ file, line, severity: 'warning', code: 'missing-folder', message, fix }] };
    }
    const wanted = [...lent].flatMap(([path, topic]) => (files.texts.has(path) ? [] : [topic]));
    const isOffice = ({ topic }: ReadTopic) => topic?.kind === 'elsewhere';
    return { ...NONE_LENT, topics: wanted.filter(isOffice), others: wanted.filter((one) => !isOffice(one)) };
  };
}

/** The topics of a town by the path of their file; null where there is no such folder. */
async function readLent(folder: string): Promise<ReadonlyMap<string, ReadTopic> | null> {
  const lent = await readFolder(folder).catch(() => null);
  if (lent === null) return null;
  return new Map(
    [...lent.texts]
      .filter(([path]) => /^topics\/[^/]+\.yml$/.test(path))
      .map(([path, text]): [string, ReadTopic] => [path, readTopic(lent.nameOf(path), text)]),
  );
}

/** As they stand in the other town, without what only that one knows: who vouches, and phrases that are this town's own. */
export function borrowed({ topics }: LentOffices, town: Town, own: readonly Topic[]): Topic[] {
  const services = new Set(town.services.map(({ id }) => id));
  const unclaimed = phrasesLeftBy(own);
  return topics.flatMap(({ topic }) => {
    if (!topic) return [];
    const { by, ...verified } = topic.verified ?? { on: '', until: '', source: '' };
    return {
      ...topic,
      phrases: unclaimed(topic),
      ...(topic.verified && { verified: { ...verified, ...(by && services.has(by) ? { by } : {}) } }),
    };
  });
}

/** What the other town is asked and this one has no file about, by its words alone. */
export function unfiledIn({ others }: LentOffices, own: readonly Topic[]): UnfiledTopic[] {
  const unclaimed = phrasesLeftBy(own);
  const known = new Set(own.map(({ id }) => id));
  return others.flatMap(({ topic }) =>
    !topic || known.has(topic.id) ? [] : { id: topic.id, title: topic.title, phrases: unclaimed(topic) },
  );
}

/** Phrases of a topic that no topic of this town's own has. */
function phrasesLeftBy(own: readonly Topic[]): (topic: Topic) => Topic['phrases'] {
  const claimed = new Set(own.flatMap(({ phrases }) => Object.values(phrases).flat().map(phraseKey)));
  return ({ phrases }) =>
    Object.fromEntries(
      Object.entries(phrases).map(([language, texts]) => [language, texts.filter((text) => !claimed.has(phraseKey(text)))]),
    );
}
