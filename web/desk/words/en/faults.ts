// The desk's page in English: the check of a town speaks English itself, and says more than its kind.
import type { FaultWords } from '../faults';

export const faults: FaultWords = {};
