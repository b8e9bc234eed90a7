/**
 * STOP, START and HELP as the carrier itself honours them (protocols.md 1.10). `default` is what
 * a long code does: English words only, and the webhook does not say so. `advanced` is a
 * Messaging Service's Advanced Opt-Out: our own words too, and `OptOutType` in the webhook.
 */

export type OptOutMode = 'none' | 'default' | 'advanced';
export type OptOutType = 'STOP' | 'START' | 'HELP';

const WORDS: Record<OptOutType, { english: string[]; french: string[]; reply: string }> = {
  STOP: {
    english: ['STOP', 'UNSUBSCRIBE', 'END', 'QUIT', 'STOPALL', 'REVOKE', 'OPTOUT', 'CANCEL'],
    french: ['ARRET', 'ARRÊT', 'DESABONNER', 'DÉSABONNER'],
    reply:
      'You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe.',
  },
  START: {
    english: ['START', 'UNSTOP', 'YES'],
    french: ['REPRENDRE'],
    reply:
      'You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe.',
  },
  HELP: { english: ['HELP', 'INFO'], french: ['AIDE'], reply: 'Reply STOP to unsubscribe. Msg&Data Rates May Apply.' },
};

export interface OptOuts {
  mode: OptOutMode;
  /** Heard from a phone: what it means to the carrier, and what the carrier answers by itself. */
  hear(citizen: string, sender: string, text: string): { type: OptOutType; reply: string | null } | null;
  isOut(citizen: string, sender: string): boolean;
}

export function createOptOuts(mode: OptOutMode): OptOuts {
  const out = new Set<string>();
  return {
    mode,
    hear(citizen, sender, text) {
      if (this.mode === 'none') return null;
      const word = text.trim().toUpperCase();
      const found = (Object.keys(WORDS) as OptOutType[]).find(
        (type) => WORDS[type].english.includes(word) || (this.mode === 'advanced' && WORDS[type].french.includes(word)),
      );
      if (!found) return null;
      const key = `${citizen} ${sender}`;
      const wasOut = out.has(key);
      if (found === 'STOP') out.add(key);
      if (found === 'START') out.delete(key);
      // A second STOP, a START from nowhere and a HELP from someone who is out are not answered.
      const isSilent = found === 'STOP' ? wasOut : found === 'START' ? !wasOut : wasOut;
      return { type: found, reply: isSilent ? null : WORDS[found].reply };
    },
    isOut: (citizen, sender) => out.has(`${citizen} ${sender}`),
  };
}
