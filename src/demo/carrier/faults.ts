/**
 * What can go wrong at a carrier, on purpose: by number, so that a person can provoke it from
 * a phone, or by order, so that a test can. The codes are Twilio's (protocols.md 1.7).
 */

export type Fault =
  /** Refused at once, as the API does it. */
  | { kind: 'refuse'; code: number }
  /** Accepted, then `failed` or `undelivered` with this code. */
  | { kind: 'fail'; code: number }
  /** An HTTP error; `accepted` when the message leaves all the same. */
  | { kind: 'status'; status: number; accepted?: boolean }
  /** No answer at all; `accepted` when the message leaves all the same. */
  | { kind: 'hang'; accepted?: boolean }
  /** The connection is cut. */
  | { kind: 'cut'; accepted?: boolean };

const REFUSED_AT_ONCE = new Set([20429, 21211, 21408, 21610, 21612, 21614, 21635]);
const FAILED_LATER = new Set([
  30001, 30003, 30004, 30005, 30006, 30007, 30008, 30022, 30034, 63003, 63007, 63010, 63012, 63016, 63017, 63018, 63021, 63024,
  63027, 63028, 63030, 63033, 63038, 63051,
]);
const OTHERS: Record<number, Fault> = {
  50000: { kind: 'status', status: 500 },
  50001: { kind: 'status', status: 500, accepted: true },
  50002: { kind: 'hang' },
  50003: { kind: 'hang', accepted: true },
};

/** The fault a number asks for by its last five digits: +33 6 39 00 30 003 is a handset that is never reached. */
export function magicOf(address: string): Fault | null {
  const code = Number(/(\d{5})$/.exec(address)?.[1] ?? 0);
  if (REFUSED_AT_ONCE.has(code)) return { kind: 'refuse', code };
  if (FAILED_LATER.has(code)) return { kind: 'fail', code };
  return OTHERS[code] ?? null;
}

export type Outage = 'everything' | 'contents' | 'erasures';

export interface Faults {
  /** The next `times` messages meet this fault. */
  next(fault: Fault, times?: number): void;
  /** While on, every request, or those of the Content API or those that delete alone, are answered 503. */
  outage(isOn: boolean, what?: Outage): void;
  isOut(what: Outage): boolean;
  take(): Fault | null;
}

export function createFaults(): Faults {
  const ordered: Fault[] = [];
  const out = new Set<string>();
  return {
    next: (fault, times = 1) => void ordered.push(...Array<Fault>(times).fill(fault)),
    outage(isOn, what = 'everything') {
      if (isOn) out.add(what);
      else out.delete(what);
    },
    isOut: (what) => out.has('everything') || out.has(what),
    take: () => ordered.shift() ?? null,
  };
}
