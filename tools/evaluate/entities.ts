/** Dates, numbers, telephone numbers and the like: what is read of a message beside what it says. */
import type { Understanding } from '../../src/understanding';
import type { EntityRow } from './sets';
import { percent, type Table } from './table';

export interface EntityPrediction {
  id?: string;
  text: string;
  expected: EntityRow['expect'];
  got: EntityRow['expect'];
  right: boolean;
}

type Values = EntityRow['expect'][string];

/** A Wednesday in the middle of a week, as the sets were written. */
const NOW = new Date('2026-11-25T10:00:00Z');

export async function evaluateEntities(
  name: string,
  rows: EntityRow[],
  pipeline: Pick<Understanding, 'read'>,
  town: string,
): Promise<{ tables: Table[]; predictions: EntityPrediction[] }> {
  const predictions: EntityPrediction[] = [];
  for (const { id, text, lang, expect } of rows) {
    const read = await pipeline.read(text, { town, prior: lang, now: NOW });
    const all: EntityRow['expect'] = {
      dates: read.dates.map(({ value }) => value),
      numbers: read.numbers.map(({ value }) => value),
      phones: read.phones,
      emails: read.emails,
      plates: read.plates,
      references: read.references,
      place: read.place ? [read.place.text] : [],
      yesNo: read.yesNo ? [read.yesNo] : [],
    };
    const got = Object.fromEntries(Object.keys(expect).map((kind) => [kind, all[kind] ?? []]));
    const right = Object.entries(expect).every(([kind, wanted]) => isRight(kind, wanted, got[kind]!));
    predictions.push({ ...(id ? { id } : {}), text, expected: expect, got, right });
  }
  const kinds = [...new Set(rows.flatMap(({ expect }) => Object.keys(expect)))].sort();
  const figures = (group: string, some: EntityPrediction[]) => [
    group,
    some.length,
    percent(some.filter(({ right }) => right).length, some.length),
  ];
  return {
    predictions,
    tables: [
      {
        title: `Dates, numbers, telephone numbers: ${name}`,
        columns: ['kind', 'messages', 'read as meant, %'],
        rows: [
          figures('all', predictions),
          ...kinds.map((kind) =>
            figures(
              kind,
              predictions.filter(({ expected }) => kind in expected),
            ),
          ),
        ],
      },
    ],
  };
}

/** Of a date or a place any of the values will do, as the one said first; of what is counted or called, all and no others. */
function isRight(kind: string, wanted: Values, got: Values): boolean {
  if (wanted.length === 0) return got.length === 0;
  if (kind === 'dates' || kind === 'place' || kind === 'yesNo') return got.length > 0 && wanted.includes(got[0]!);
  return wanted.length === got.length && wanted.every((value) => got.includes(value));
}
