/**
 * What an operator reads: one JSON line per event, by stable names and counts. Message text, phone
 * numbers, names and secrets never come here; a field that could hold one is struck out.
 */
import pino from 'pino';

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: Record<string, unknown>) => void;

/** Takes finished lines. */
export interface LogTo {
  write(line: string): void;
}

const STRUCK = [
  'text',
  'body',
  'phone',
  'email',
  'address',
  'from',
  'to',
  'name',
  'token',
  'secret',
  'authorization',
  'activity',
];

/** Writes to standard output, or to `to`. */
export function createLog(level: string, onEvent: (event: string) => void, to?: LogTo): Log {
  const redact = { paths: [...STRUCK, ...STRUCK.map((field) => `*.${field}`)], censor: '[struck out]' };
  const options = { level, base: undefined, redact };
  const logger = to ? pino(options, to) : pino(options);
  return (severity, event, fields = {}) => {
    onEvent(event);
    logger[severity]({ event, ...fields });
  };
}
