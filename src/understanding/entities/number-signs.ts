/** How a language writes large numbers and parts of one: 1 250,50 in French, 1,250.50 in English. */

/** Between thousands and before decimals: each expression's first group holds the digits. */
export function separatorsOf(code: string): { group: RegExp; decimal: RegExp } {
  const parts = new Intl.NumberFormat(code).formatToParts(1234567.8);
  const isComma = parts.find(({ type }) => type === 'decimal')?.value === ',';
  // A space, an apostrophe and the language's other sign part thousands; three digits must follow, and no more.
  const signs = isComma ? "[ \\u00a0\\u202f.'’]" : "[ \\u00a0\\u202f,'’]";
  return {
    group: new RegExp(`${signs}(\\d{3})(?!\\d)`, 'y'),
    decimal: isComma ? /(?:,|\.(?!\d{3}(?!\d)))(\d{1,6})(?!\d)/y : /\.(\d{1,6})(?!\d)/y,
  };
}
