// Reads what the server sends into the few things the widget shows. Outside data stops here: fields of the wrong
// type are dropped, addresses are kept only when they are safe to follow, and the rest of the widget trusts its types.

export interface Button {
  kind: 'imBack' | 'postBack' | 'openUrl';
  title: string;
  value: string;
}

/** A number to dial: `tel:112`. */
export interface Call {
  title: string;
  address: string;
}

export interface Card {
  title: string;
  text: string;
  buttons: Button[];
}

export interface SharedFile {
  name: string;
  /** Absent until the server has it, or when its address is not on the server. */
  url?: string;
  isImage: boolean;
}

export interface Heard {
  id: string;
  type: string;
  author: 'citizen' | 'assistant' | 'agent';
  agentName?: string;
  /** When it was said a person of the town hall had the conversation. */
  isWithPerson: boolean;
  /** The widget's own id of a citizen's message, as the server echoes it. */
  letter?: string;
  at: Date;
  text: string;
  isMarkdown: boolean;
  /** From where the text is folded away, and what the fold is called. */
  fold?: { at: number; title: string };
  /** What the addresses in the text are called. */
  names: ReadonlyMap<string, string>;
  language?: string;
  /** Somebody may be in danger. */
  isUrgent: boolean;
  calls: Call[];
  buttons: Button[];
  cards: Card[];
  files: SharedFile[];
  /** A shared position; its accuracy in metres when known. */
  place?: { metres?: number };
}

type Loose = Record<string, unknown>;

const isObject = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
export const object = (value: unknown): Loose => (isObject(value) ? value : {});
export const objects = (value: unknown): Loose[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const string = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The address when it may be offered as a link: http, https, tel or mailto. */
export function safeAddress(address: string): string | undefined {
  try {
    const { protocol, href } = new URL(address);
    return ['http:', 'https:', 'tel:', 'mailto:'].includes(protocol) ? href : undefined;
  } catch {
    return undefined;
  }
}

function readButtons(value: unknown): Button[] {
  const buttons: Button[] = [];
  for (const raw of objects(value)) {
    const title = string(raw.title) || string(raw.value);
    const text = string(raw.value) || title;
    if (raw.type === 'call') continue;
    if (raw.type === 'openUrl') {
      const address = safeAddress(text);
      if (address) buttons.push({ kind: 'openUrl', title, value: address });
    } else if (title) {
      buttons.push({ kind: raw.type === 'postBack' ? 'postBack' : 'imBack', title, value: text });
    }
  }
  return buttons;
}

function readCalls(value: unknown): Call[] {
  return objects(value).flatMap((raw) => {
    const address = raw.type === 'call' ? safeAddress(string(raw.value)) : undefined;
    return address?.startsWith('tel:') ? [{ title: string(raw.title) || address.slice(4), address }] : [];
  });
}

function readFold(value: unknown, text: string): Heard['fold'] {
  const { at, title } = object(value);
  const isPlace = Number.isInteger(at) && Number(at) >= 0 && Number(at) < text.length;
  return isPlace && string(title) ? { at: Number(at), title: string(title) } : undefined;
}

function readNames(value: unknown): Map<string, string> {
  const named = objects(value).map((link) => [string(link.address), string(link.name)] as const);
  return new Map(named.filter(([address, name]) => address && name));
}

function readFile(raw: Loose, server: string): SharedFile {
  let url: URL | undefined;
  try {
    url = new URL(string(raw.contentUrl), server);
  } catch {
    url = undefined;
  }
  return {
    name: string(raw.name),
    url: raw.contentUrl && url?.origin === server ? url.href : undefined,
    isImage: /^image\/(jpeg|png|webp|gif)$/.test(string(raw.contentType)),
  };
}

/** One activity of an ActivitySet; null when it is not something the widget knows how to show. */
export function readActivity(raw: unknown, server: string): Heard | null {
  if (!isObject(raw) || !string(raw.type)) return null;
  const from = object(raw.from);
  const channelData = object(raw.channelData);
  const author = object(channelData.author);
  const attachments = objects(raw.attachments);
  const isCard = (attachment: Loose) => string(attachment.contentType).startsWith('application/vnd.microsoft.card');
  const place = objects(raw.entities).find((entity) => entity.type === 'Place' && isObject(entity.geo));
  const metres = Number(object(place?.geo).accuracy);
  const locale = string(raw.locale);
  const at = new Date(string(raw.timestamp) || Date.now());
  const text = string(object(channelData.messageBack).displayText) || string(raw.text);
  const actions = object(raw.suggestedActions).actions;
  return {
    id: string(raw.id),
    type: string(raw.type),
    author: author.kind === 'agent' ? 'agent' : from.role === 'user' ? 'citizen' : 'assistant',
    agentName: string(author.name) || undefined,
    isWithPerson: channelData.holder === 'agent',
    letter: string(channelData.clientActivityID) || undefined,
    at: Number.isNaN(at.getTime()) ? new Date() : at,
    text,
    isMarkdown: raw.textFormat === 'markdown',
    fold: readFold(channelData.fold, text),
    names: readNames(channelData.links),
    language: /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(locale) ? locale : undefined,
    isUrgent: raw.importance === 'high',
    calls: readCalls(actions),
    buttons: readButtons(actions),
    cards: attachments.filter(isCard).map((attachment) => {
      const content = object(attachment.content);
      const text = [content.subtitle, content.text].map(string).filter(Boolean).join('\n');
      return { title: string(content.title), text, buttons: readButtons(content.buttons) };
    }),
    files: attachments.filter((attachment) => !isCard(attachment)).map((attachment) => readFile(attachment, server)),
    place: place && { metres: metres > 0 ? Math.round(metres) : undefined },
  };
}

export interface ActivitySet {
  heard: Heard[];
  watermark?: string;
}

export function readActivitySet(raw: unknown, server: string): ActivitySet {
  const set = object(raw);
  const heard = (Array.isArray(set.activities) ? set.activities : []).map((activity) => readActivity(activity, server));
  return { heard: heard.filter((one) => one !== null), watermark: string(set.watermark) || undefined };
}

export interface Opening {
  conversationId: string;
  token: string;
  expiresInSeconds: number;
  streamUrl?: string;
  town: { name?: string; colour?: string; languages: string[] };
}

/** The answer to a token, start, reconnect or refresh call; null when it is not one. */
export function readOpening(raw: unknown): Opening | null {
  const answer = object(raw);
  const token = string(answer.token);
  if (!token || !string(answer.conversationId)) return null;
  return {
    conversationId: string(answer.conversationId),
    token,
    expiresInSeconds: Number(answer.expires_in) > 0 ? Number(answer.expires_in) : 1800,
    streamUrl: string(answer.streamUrl) || undefined,
    town: readTown(answer.town),
  };
}

export function readTown(raw: unknown): Opening['town'] {
  const town = object(raw);
  return {
    name: string(town.name) || undefined,
    colour: string(town.colour) || undefined,
    languages: Array.isArray(town.languages) ? town.languages.map(string).filter(Boolean) : [],
  };
}
