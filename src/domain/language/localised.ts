/** Text in each language the town speaks, by language code: `{fr: '…', en: '…'}`. */
export type Localised = Record<string, string>;
