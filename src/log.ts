/**
 * What an operator reads: one JSON line per event, by stable names and counts. Message text, phone
 * numbers, names and secrets never come here; a field that could hold one is struck out.
 */
import pino from 'pino';

export type Log = (level: 'info' | 'warn' | 'error', event: string, fields?: Record<string, unknown>) => void;

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

export function createLog(level: string, onEvent: (event: string) => void): Log {
  const logger = pino({
    level,
    base: undefined,
    redact: { paths: [...STRUCK, ...STRUCK.map((field) => `*.${field}`)], censor: '[struck out]' },
  });
  return (severity, event, fields = {}) => {
    onEvent(event);
    logger[severity]({ event, ...fields });
  };
}
