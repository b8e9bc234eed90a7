/** The town's own words for the texts that the law wants published (`legal.yml`): those it does not have are the product's. */
import { z } from 'zod';
import { LEGAL_FIELDS, LEGAL_TEXTS } from '../../domain/legal';
import type { Town } from '../../domain/town';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { filledWith } from './fields';

const own = filledWith(LEGAL_FIELDS).optional();

const texts = z.strictObject(
  Object.fromEntries(LEGAL_TEXTS.map((name) => [name, own])) as Record<(typeof LEGAL_TEXTS)[number], typeof own>,
);

export function readLegal(file: string, written: string): { legal: Town['legal']; source: Source | null; faults: Fault[] } {
  const { source, faults } = readYaml(file, written);
  if (!source) return { legal: {}, source, faults };
  const { value, faults: misfits } = fitTo(texts, source);
  return { legal: value ?? {}, source, faults: misfits };
}
