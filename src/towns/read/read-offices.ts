/**
 * Other offices are the same for many towns: `offices: bellerive` in town.yml takes the topics of kind "elsewhere" from the
 * folder of the town beside it, so that they are checked and dated once. A file of its own with the same name counts instead.
 */
import { basename, dirname, join, resolve } from 'node:path';
import { phraseKey } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import type { Fault } from '../fault';
import { readYaml } from '../yaml/yaml-source';
import { readFolder, type TownFiles } from './read-folder';
import { type ReadTopic, readTopic } from './read-topic';

export interface LentOffices {
  topics: ReadTopic[];
  faults: Fault[];
}

/** @param folder of the town that borrows. */
export async function readOffices(folder: string, files: TownFiles): Promise<LentOffices> {
  const file = files.nameOf('town.yml');
  const { source } = readYaml(file, files.texts.get('town.yml') ?? '');
  const lender = (source?.value as { offices?: unknown } | null)?.offices;
  if (typeof lender !== 'string' || !/^[a-z][a-z0-9-]*$/.test(lender) || lender === basename(resolve(folder)))
    return { topics: [], faults: [] };
  const lent = await readFolder(join(dirname(resolve(folder)), lender)).catch(() => null);
  if (lent === null) {
    const message = `There is no folder "${lender}" beside this town, so nobody is told of other offices.`;
    const fix = 'Name the folder of a town whose files of other offices are used, or remove "offices:".';
    const line = source?.lineOf(['offices']) ?? 1;
    return { topics: [], faults: [{ file, line, severity: 'warning', code: 'missing-folder', message, fix }] };
  }
  const topics = [...lent.texts]
    .filter(([path]) => /^topics\/[^/]+\.yml$/.test(path) && !files.texts.has(path))
    .map(([path, text]) => readTopic(lent.nameOf(path), text))
    .filter(({ topic }) => topic?.kind === 'elsewhere');
  return { topics, faults: [] };
}

/** As they stand in the other town, without what only that one knows: who vouches, and phrases that are this town's own. */
export function borrowed({ topics }: LentOffices, town: Town, own: readonly Topic[]): Topic[] {
  const services = new Set(town.services.map(({ id }) => id));
  const claimed = new Set(own.flatMap(({ phrases }) => Object.values(phrases).flat().map(phraseKey)));
  return topics.flatMap(({ topic }) => {
    if (!topic) return [];
    const { by, ...verified } = topic.verified ?? { on: '', until: '', source: '' };
    const phrases = Object.entries(topic.phrases).map(([language, texts]) => [
      language,
      texts.filter((text) => !claimed.has(phraseKey(text))),
    ]);
    return {
      ...topic,
      phrases: Object.fromEntries(phrases),
      ...(topic.verified && { verified: { ...verified, ...(by && services.has(by) ? { by } : {}) } }),
    };
  });
}
