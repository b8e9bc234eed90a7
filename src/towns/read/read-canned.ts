/**
 * The replies that a town keeps ready for its agents (`canned.yml`): in every language of the town, for one service or for
 * all. What agents fill in stands in braces: {name}, {service}, {agent}, {reference}.
 */
import { z } from 'zod';
import { CANNED_FIELDS, type CannedText } from '../../domain/town';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { identifier, localised, rule } from './fields';

const isFilled = (text: string) =>
  [...text.matchAll(/\{([^{}]*)\}/g)].every(([, field = '']) => (CANNED_FIELDS as readonly string[]).includes(field));

const replies = z.array(
  z.strictObject({
    id: identifier,
    title: localised,
    text: rule(
      localised,
      (texts) => Object.values(texts).every(isFilled),
      'has a field in braces that nobody fills in',
      `Use one of {${CANNED_FIELDS.join('}, {')}}.`,
    ),
    service: identifier.optional(),
  }),
);

export function readCanned(file: string, written: string): { canned: CannedText[]; source: Source | null; faults: Fault[] } {
  const { source, faults } = readYaml(file, written);
  if (!source) return { canned: [], source, faults };
  const { value, faults: misfits } = fitTo(replies, source);
  return {
    canned: (value ?? []).map(({ service, ...reply }) => ({ ...reply, ...(service && { service }) })),
    source,
    faults: misfits,
  };
}
