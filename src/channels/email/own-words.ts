/**
 * What somebody wrote in an e-mail themselves: without what they quote and without their signature, which the bot would take
 * for words of theirs. Mail programs write in the language of whoever has them, which need not be one of the town's. Line
 * by line, so that a message of any shape takes as long as it is.
 */

/** 'Le 3 mars 2027 à 10:12, Mairie <…> a écrit :', 'On Mon, … wrote:', 'El … escribió:', 'Am … schrieb …:' */
const ATTRIBUTION = /^(le|on|el|am|il|em)\b.{0,200}\b(a écrit|wrote|escribió|schrieb|ha scritto|escreveu)\b.{0,100}:$/iu;
const ATTRIBUTION_BEGINS = /^(le|on|el|am|il|em)\b.{6,200}$/iu;
/** '-----Message d'origine-----', '________________________________', '----- Forwarded message -----' */
const DIVIDER = /^(-{2,}\s?.{3,60}\s?-{2,}|_{10,})$/u;
/** What Outlook puts above a quoted message. */
const HEAD = /^\*?(de|from|von|da)\s?:\*?\s.{0,200}@?/iu;
const HEAD_NEXT = /^\*?(envoyé|sent|enviado|gesendet|inviato|date|fecha|à|to|para|an|objet|subject|asunto|betreff)\s?:/iu;
const FAREWELL =
  /^(bien )?(cordialement|respectueusement|sincèrement|à bientôt|bien à vous|salutations.{0,30}|(kind|best|warm)? ?regards|(yours )?(sincerely|faithfully)|(un )?(cordial|atento)?s? ?saludos?( cordial(es)?)?|atentamente)\s?[,.!]?$/iu;
const FROM_A_PHONE = /^(envoyé (de|depuis)|sent from|enviado desde|gesendet (von|mit)|obtenir outlook|get outlook)\b.{0,80}$/iu;
/** A longer end is no signature. */
const SIGNATURE_LINES = 8;

const SALUTATION =
  /^(bonjour|bonsoir|madame|monsieur|messieurs|mesdames|chers?|chères?|hello|hi|dear|good (morning|afternoon|evening)|hola|buen[oa]s|estimad[oa]s?)(?![\p{L}\p{M}])[^.!?]{0,60}[,.!]?$/iu;
/** Characters; a longer text says for itself what it is about. */
const SHORT_TEXT = 300;

/**
 * A subject and what stands under it. 'Broken street light' and then 'it is all dark here' are one thought: where the text is
 * short they become one sentence, across a salutation between them, and are not heard as two requests.
 */
export function withSubject(subject: string, own: string): string {
  if (!subject || !own) return subject || own;
  if (own.length > SHORT_TEXT) return `${subject}\n${own}`;
  const lines = own.split('\n').filter((line) => line.trim() !== '');
  const first = SALUTATION.test(lines[0]?.trim() ?? '') ? lines.slice(0, 2) : lines.slice(0, 1);
  const begun = [subject, ...first.slice(0, -1)].map((line) => line.trim().replace(/[\s.,;:!]+$/, ''));
  return [[...begun, ...first.slice(-1)].filter(Boolean).join(', '), ...lines.slice(first.length)].join('\n');
}

export function ownWords(whole: string): string {
  const lines = whole.split('\n');
  const end = lines.findIndex((_, n) => isQuoteFrom(lines, n));
  const own = (end < 0 ? lines : lines.slice(0, end)).filter((line) => !line.startsWith('>'));
  const words = withoutSignature(own)
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n/, '');
  return words.trim() === '' ? '' : words;
}

/** Everything from here on is quoted. */
function isQuoteFrom(lines: string[], n: number): boolean {
  const line = lines[n]!.trim();
  if (line.length > 400) return false;
  if (ATTRIBUTION.test(line) || DIVIDER.test(line)) return true;
  // Long ones are broken by the mail program.
  if (ATTRIBUTION_BEGINS.test(line) && ATTRIBUTION.test(`${line} ${(lines[n + 1] ?? '').trim().slice(0, 200)}`)) return true;
  return HEAD.test(line) && lines.slice(n + 1, n + 4).some((next) => HEAD_NEXT.test(next.trim().slice(0, 100)));
}

function withoutSignature(lines: string[]): string[] {
  const filled = lines.findLastIndex((line) => line.trim() !== '') + 1;
  const body = lines.slice(0, filled);
  const from = Math.max(0, body.length - SIGNATURE_LINES);
  const at = body.findIndex((line, n) => {
    const said = line.trim();
    // RFC 3676, 4.3: two dashes and a space.
    if (/^--\s?$/.test(line)) return true;
    return n >= from && said.length <= 100 && (FAREWELL.test(said) || FROM_A_PHONE.test(said));
  });
  if (at < 0) return body;
  return body.slice(0, body.slice(0, at).findLastIndex((line) => line.trim() !== '') + 1);
}
