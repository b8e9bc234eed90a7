/** What goes wrong at a MongoDB server or on the way to it, in the port's terms. */
import {
  MongoClientClosedError,
  MongoError,
  MongoNetworkError,
  MongoNotConnectedError,
  MongoOperationTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
  MongoTopologyClosedError,
  MongoWriteConcernError,
} from 'mongodb';
import { DuplicateKey, StoreMisuse, StoreUnavailable } from '../collection';

const AWAY = [
  MongoNetworkError,
  MongoServerSelectionError,
  MongoOperationTimeoutError,
  MongoWriteConcernError,
  MongoNotConnectedError,
  MongoTopologyClosedError,
  MongoClientClosedError,
];
/** Stepping down, shutting down, recovering, not yet let in, out of time: codes of the server that mean 'later'. */
const AWAY_CODES = new Set<unknown>([
  6, 7, 18, 50, 64, 89, 91, 112, 134, 189, 262, 9001, 10107, 11600, 11602, 13435, 13436, 14031, 371,
]);
/** No room on the server's disk. */
const FULL_CODES = new Set<unknown>([14031]);
/** Writes are blocked for everybody but the server's operators (`setUserWriteBlockMode`); a server that steps down is 'away'. */
const READ_ONLY_CODES = new Set<unknown>([371]);
/** Type mismatch, bad value, path not viable, conflicting update, index of that name or on those fields exists. */
const MISUSE_CODES = new Set<unknown>([2, 14, 28, 40, 85, 86]);

const isAway = (error: MongoError) =>
  AWAY.some((kind) => error instanceof kind) || AWAY_CODES.has(error.code) || error.hasErrorLabel('RetryableWriteError');

/** The way to the server is gone: the driver hands on what the socket says when a command meets the moment of its end. */
const SOCKET_CODES = new Set<unknown>([
  'EPIPE',
  'ECONNRESET',
  'ECONNREFUSED',
  'ECONNABORTED',
  'ETIMEDOUT',
  'ENOTCONN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ERR_SOCKET_CLOSED',
  'ERR_STREAM_DESTROYED',
  'ERR_STREAM_WRITE_AFTER_END',
  'ERR_STREAM_PREMATURE_CLOSE',
]);

/** An error of the driver in the port's terms; any other stays what it is. */
export function translate(error: unknown, indexName?: string): unknown {
  if (error instanceof Error && !(error instanceof MongoError) && SOCKET_CODES.has((error as NodeJS.ErrnoException).code))
    return new StoreUnavailable(`MongoDB cannot be used just now: ${error.message}`, { cause: error, why: 'away' });
  if (!(error instanceof MongoError)) return error;
  if (error instanceof MongoServerError && error.code === 11000) {
    const name = indexName ?? /index: (\S+)/.exec(error.message)?.[1] ?? 'unknown';
    return new DuplicateKey(name === '_id_' ? '_id' : name);
  }
  if (isAway(error)) {
    const why = FULL_CODES.has(error.code) ? 'full' : READ_ONLY_CODES.has(error.code) ? 'read-only' : 'away';
    return new StoreUnavailable(`MongoDB cannot be used just now: ${error.message}`, { cause: error, why });
  }
  if (MISUSE_CODES.has(error.code)) return new StoreMisuse(error.message, { cause: error });
  return error;
}
