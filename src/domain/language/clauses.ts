/**
 * Where the sentences and clauses of a message end, whatever language it is in: one rule for whoever listens to a part of it.
 */
export const SENTENCE_END = /[.!?;\n]+/;
export const CLAUSE_END = /[,.!?;:\n]+/;
