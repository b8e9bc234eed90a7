/**
 * Danger, by what must be said about it: each kind has its own first sentence and its own numbers
 * to call, which the town's file holds.
 */

/** Gravest first: when a message speaks of several, the first one found is answered. */
export const DANGER_KINDS = [
  'self-harm',
  'gas',
  'fire',
  'drowning',
  'violence',
  'child-abuse',
  'domestic-violence',
  'poison',
  'medical',
  'electric',
  'chemical',
  'flood',
  'collapse',
  'missing',
  'general',
] as const;

export type DangerKind = (typeof DANGER_KINDS)[number];

/** Local numbers shown on danger, as people read them. */
export interface EmergencyNumbers {
  /** The one that answers for everything: 112. */
  general: string;
  fire: string;
  medical: string;
  police: string;
  /** Reached by text message, for whoever cannot speak. */
  bySms: string;
  gas: string;
  /** For whoever thinks of suicide. */
  suicide: string;
  /** For a child who is ill-treated or neglected. */
  childAbuse: string;
  /** For women and men who suffer violence at home. */
  domesticViolence: string;
  missingChild: string;
  electricity?: string;
  shelter?: string;
}

/** Whom to call, first the one to try first; all of them stand in the sentence `danger.<kind>` too. */
export const CALLS: Record<DangerKind, ReadonlyArray<keyof EmergencyNumbers>> = {
  'self-harm': ['suicide', 'medical', 'general'],
  gas: ['fire', 'general', 'gas'],
  fire: ['fire', 'general'],
  drowning: ['fire', 'general'],
  violence: ['police', 'general'],
  'child-abuse': ['childAbuse', 'police'],
  'domestic-violence': ['police', 'domesticViolence'],
  poison: ['medical', 'general'],
  medical: ['medical', 'general'],
  electric: ['fire', 'general'],
  chemical: ['fire', 'general'],
  flood: ['fire', 'general'],
  collapse: ['fire', 'general'],
  missing: ['police', 'general', 'missingChild'],
  general: ['general', 'fire', 'medical', 'police'],
};

/** What is sent by whoever cannot write more. */
const DISTRESS = /[\u{1F198}\u{1F6A8}\u{1F525}\u{1F691}\u{1F692}\u{1FA78}\u{1F52B}\u{1F52A}\u{1F4A3}\u{2620}]/u;

/** Danger shown by a sign, or by nothing but the number that one would call; null where there is none. */
export function dangerShown(text: string, emergency: EmergencyNumbers): DangerKind | null {
  if (DISTRESS.test(text)) return 'general';
  const digits = text.replace(/[\s.!?]+/gu, '');
  const named = Object.entries(emergency).find(([, number]) => digits !== '' && String(number).replace(/\s+/g, '') === digits);
  return named ? (named[0] === 'suicide' ? 'self-harm' : 'general') : null;
}

/** Who comes: the fire brigade also to whoever is hurt. What nobody called so far comes for is told anew. */
const COMES: Partial<Record<DangerKind, 'fire' | 'medical' | 'police'>> = {
  gas: 'fire',
  fire: 'fire',
  drowning: 'fire',
  electric: 'fire',
  chemical: 'fire',
  flood: 'fire',
  collapse: 'fire',
  poison: 'medical',
  medical: 'medical',
  violence: 'police',
  'child-abuse': 'police',
  'domestic-violence': 'police',
  missing: 'police',
};

/** Whether a further danger needs others than those whom the first one brings. */
export function needsOthers(first: DangerKind, further: DangerKind): boolean {
  const comes = COMES[first];
  const needed = COMES[further];
  return needed !== undefined && needed !== comes && !(comes === 'fire' && needed === 'medical');
}
