/**
 * The town's streets and numbered doors, from the CSV that the French Base Adresse Nationale
 * publishes (or a town's own Base Adresse Locale): a town drops its extract in as `streets.csv`.
 * Columns are found by their names, so their order does not matter.
 */
import type { GeoPoint, Street } from '../../domain/town';
import type { Fault } from '../fault';

/** Names a column goes by: Base Adresse Nationale first, Base Adresse Locale second. */
const COLUMNS = {
  street: ['nom_voie', 'voie_nom'],
  number: ['numero'],
  suffix: ['rep', 'suffixe'],
  longitude: ['lon', 'long'],
  latitude: ['lat'],
  commune: ['code_insee', 'commune_insee'],
  formerCommune: ['nom_ancienne_commune', 'commune_deleguee_nom'],
  alias: ['alias'],
} as const;
type Column = keyof typeof COLUMNS;
const NEEDED: readonly Column[] = ['street', 'number', 'longitude', 'latitude'];

/** What the bases write for a street that has no numbers yet. */
const NO_NUMBERS: readonly string[] = ['99999', '0'];
const MOST_FAULTS = 20;

export interface ReadStreets {
  streets: Street[];
  /** Line of the first row of each street, in the order of `streets`. */
  lines: number[];
  faults: Fault[];
}

/** `insee` keeps only the rows of that commune, for extracts that hold a whole département. */
export function readStreets(file: string, written: string, insee?: string): ReadStreets {
  const faults: Fault[] = [];
  const complain = (line: number, message: string, fix: string) =>
    faults.length < MOST_FAULTS && faults.push({ file, line, severity: 'fault', code: 'bad-street', message, fix });
  const rows = csvRows(written);
  const header = rows.next().value?.cells ?? [];
  const at = Object.fromEntries(
    Object.entries(COLUMNS).map(([column, names]) => [
      column,
      header.findIndex((name) => (names as readonly string[]).includes(name.trim())),
    ]),
  ) as Record<Column, number>;
  const absent = NEEDED.filter((column) => at[column] < 0);
  if (absent.length > 0) {
    const names = absent.map((column) => COLUMNS[column].join(' or ')).join(', ');
    complain(
      1,
      `Columns are missing: ${names}.`,
      'Save the extract of the Base Adresse Nationale as it comes, with its first line and semicolons.',
    );
    return { streets: [], lines: [], faults };
  }

  const found = new Map<string, Gathered>();
  for (const { cells, line } of rows) {
    const cell = (column: Column) => (cells[at[column]] ?? '').trim();
    if (insee && at.commune >= 0 && cell('commune') !== insee) continue;
    const name = streetName(cell('street'));
    const point = { latitude: Number(cell('latitude') || Number.NaN), longitude: Number(cell('longitude') || Number.NaN) };
    if (name === '' || !isOnEarth(point)) {
      complain(
        line,
        name === '' ? 'This row has no street name.' : 'This row has no valid position.',
        'Complete the row or remove it.',
      );
      continue;
    }
    if (!/^\d{1,5}$/.test(cell('number'))) {
      complain(
        line,
        `"${cell('number')}" is not a street number.`,
        `Write digits only; ${NO_NUMBERS[0]} for a street without numbers.`,
      );
      continue;
    }
    const key = `${name}\n${cell('formerCommune')}`;
    const street: Gathered = found.get(key) ?? {
      name,
      formerCommune: cell('formerCommune'),
      line,
      numbers: new Map(),
      points: [],
      aliases: new Set(),
    };
    found.set(key, street);
    street.points.push(point);
    if (cell('alias') !== '') street.aliases.add(streetName(cell('alias')));
    if (!NO_NUMBERS.includes(cell('number'))) {
      const number = [String(Number(cell('number'))), cell('suffix').toLowerCase()].filter(Boolean).join(' ');
      if (!street.numbers.has(number)) street.numbers.set(number, point);
    }
  }
  const gathered = [...found.values()];
  const namesakes = new Map<string, number>();
  for (const { name } of gathered) namesakes.set(name, (namesakes.get(name) ?? 0) + 1);
  return {
    streets: gathered.map((street) => toStreet(street, namesakes.get(street.name)!)),
    lines: gathered.map((street) => street.line),
    faults,
  };
}

interface Gathered {
  name: string;
  formerCommune: string;
  line: number;
  numbers: Map<string, GeoPoint>;
  points: GeoPoint[];
  aliases: Set<string>;
}

/** Merged communes often have several streets of one name: each then says which it belongs to. */
function toStreet(street: Gathered, namesakes: number): Street {
  const isShared = street.formerCommune !== '' && namesakes > 1;
  const alsoCalled = [...(isShared ? [street.name] : []), ...street.aliases];
  return {
    name: isShared ? `${street.name} (${street.formerCommune})` : street.name,
    ...(alsoCalled.length > 0 && { alsoCalled }),
    numbers: [...street.numbers]
      .map(([number, point]) => ({ number, ...point }))
      .sort((left, right) => order(left.number, right.number)),
    middle: middleOf(street.points),
  };
}

/** The point of the street nearest to the mean of all: it lies on the street even where the street bends. */
function middleOf(points: readonly GeoPoint[]): GeoPoint {
  const mean = (read: (point: GeoPoint) => number) => points.reduce((sum, point) => sum + read(point), 0) / points.length;
  const [latitude, longitude] = [mean((point) => point.latitude), mean((point) => point.longitude)];
  const away = (point: GeoPoint) => (point.latitude - latitude) ** 2 + (point.longitude - longitude) ** 2;
  return points.reduce((best, point) => (away(point) < away(best) ? point : best));
}

function order(left: string, right: string): number {
  return Number.parseInt(left, 10) - Number.parseInt(right, 10) || (left < right ? -1 : 1);
}

function streetName(written: string): string {
  return written.replace(/\s+/g, ' ').trim();
}

function isOnEarth({ latitude, longitude }: GeoPoint): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}

/** Rows of a semicolon-separated text with optional quotes (RFC 4180), one pass, without blank lines. */
function* csvRows(written: string): Generator<{ cells: string[]; line: number }, undefined> {
  let at = written.startsWith('\uFEFF') ? 1 : 0;
  let line = 1;
  while (at < written.length) {
    const startLine = line;
    const cells: string[] = [];
    for (let isRowOver = false; !isRowOver; ) {
      let cell = '';
      if (written[at] === '"') {
        for (at++; at < written.length; at++) {
          if (written[at] === '\n') line++;
          if (written[at] !== '"') cell += written[at];
          else if (written[at + 1] === '"') cell += written[++at];
          else break;
        }
        at++;
      }
      const start = at;
      while (at < written.length && written[at] !== ';' && written[at] !== '\n') at++;
      cells.push((cell + written.slice(start, at)).replace(/\r$/, ''));
      isRowOver = written[at] !== ';';
      at++;
    }
    line++;
    if (cells.length > 1 || cells[0] !== '') yield { cells, line: startLine };
  }
  return undefined;
}
