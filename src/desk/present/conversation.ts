/** Conversations as the desk's page is shown them, field by field: what is not named here does not leave the server. */
import type { Alert } from '../../domain/alert';
import type { Conversation } from '../../domain/conversation';
import type { Stretch } from '../../domain/language/abuse';
import type { Attachment } from '../../domain/message/activity';
import { pinOf } from '../../domain/message/activity';
import type { Town, Towns } from '../../domain/town';
import type { Presence } from '../../store/rows/desk/presence';
import type { Line as Row } from '../../store/rows/transcript';
import type { AgentName, ConversationRow, Line, WireFile } from '../wire';
import { presentService } from './agent';

/** What a row is shown with, gathered once for many. */
export interface Scene {
  town: Town;
  /** The reader's. */
  language: string;
  names: ReadonlyMap<string, string>;
  /** Open alerts by conversation. */
  alerts: ReadonlyMap<string, Alert>;
  /** Who has it open, by conversation. */
  looking: ReadonlyMap<string, Presence[]>;
  /** Of those that wait, by conversation; 1 is next in its service. */
  positions: Pick<ReadonlyMap<string, number>, 'get'>;
  /** In the reader's language. */
  t(id: string, fields?: Record<string, string>): string;
  /** The reader, who is not shown to themselves. */
  reader: string;
  /** Words that hurt, in a line of a list, for those who want them covered; else as they are. */
  cover(text: string): string;
}

const nameOf = ({ names }: Scene, id: string): AgentName => ({ id, name: names.get(id) ?? id });

export function presentRow(conversation: Conversation, scene: Scene): ConversationRow {
  const { id, version, channel, holder, queue, memory, lines } = conversation;
  const alert = scene.alerts.get(id);
  const isWaiting = holder === 'queue';
  return {
    id,
    version,
    channel,
    who: whoOf(conversation, scene),
    holder,
    language: queue?.language ?? memory.language,
    subject: scene.cover(queue?.subject ?? ''),
    snippet: scene.cover(queue?.snippet ?? ''),
    priority: queue?.priority ?? 'normal',
    awaitsReply: queue?.awaitsReply ?? false,
    lines,
    looking: lookingAt(id, scene),
    ...(queue ? { service: presentService(scene.town, queue.service, scene.language) } : {}),
    ...(isWaiting && queue ? { queuedAt: queue.queuedAt, place: queue.place, position: scene.positions.get(id) } : {}),
    ...(queue?.callAt ? { callAt: queue.callAt } : {}),
    ...(isWaiting && queue?.offer ? { offer: { to: nameOf(scene, queue.offer.agent), until: queue.offer.until } } : {}),
    ...(queue?.agent ? { agent: nameOf(scene, queue.agent) } : {}),
    ...(queue?.ticket ? { ticket: queue.ticket } : {}),
    ...(queue?.parkedAt ? { parkedAt: queue.parkedAt } : {}),
    ...(queue?.parkedUntil ? { parkedUntil: queue.parkedUntil } : {}),
    ...(queue?.wokeAt ? { wokeAt: queue.wokeAt } : {}),
    ...(queue?.calmUntil ? { calmUntil: queue.calmUntil } : {}),
    ...(queue?.lastCitizenAt ? { lastCitizenAt: queue.lastCitizenAt } : {}),
    ...(queue?.closedAt ? { closedAt: queue.closedAt } : {}),
    ...(queue?.outcome ? { outcome: queue.outcome } : {}),
    ...(alert ? { alert: presentAlert(alert, scene) } : {}),
    ...mentionOf(queue, scene),
  };
}

/** Whether this reader is shown the row in another way than others of their language and settings: they look at it, or are named in it. */
export function isOwnView({ id, queue }: Conversation, { looking }: Pick<Scene, 'looking'>, reader: string): boolean {
  return (
    (looking.get(id) ?? []).some(({ agent }) => agent === reader) ||
    queue?.mentions?.some(({ agent }) => agent === reader) === true
  );
}

function mentionOf(queue: Conversation['queue'], scene: Scene): Pick<ConversationRow, 'mention'> {
  const mention = queue?.mentions?.find(({ agent }) => agent === scene.reader);
  return mention ? { mention: { by: nameOf(scene, mention.by), at: mention.at } } : {};
}

function lookingAt(id: string, scene: Scene): ConversationRow['looking'] {
  const tabs = (scene.looking.get(id) ?? []).filter(({ agent }) => agent !== scene.reader);
  const agents = [...new Set(tabs.map(({ agent }) => agent))];
  return agents.map((agent) => ({
    ...nameOf(scene, agent),
    isTyping: tabs.some((tab) => tab.agent === agent && tab.isTyping),
  }));
}

function presentAlert({ reference, danger, openedAt, history }: Alert, scene: Scene): ConversationRow['alert'] {
  const escalated = history.findLast(({ kind }) => kind === 'escalated');
  const by = history.findLast(({ kind }) => kind === 'acknowledged')?.by;
  return {
    id: reference,
    danger: scene.t(`alert.kind.${danger}`),
    at: openedAt,
    ...(escalated ? { escalatedAt: escalated.at } : {}),
    ...(by ? { acknowledgedBy: nameOf(scene, by) } : {}),
  };
}

/** Never the whole number or address: '·· 45 67', 'z··@post.example'. Whoever wrote from the page has neither. */
function whoOf({ channel, address }: Conversation, { t }: Scene): string {
  const digits = address.replace(/\D/g, '');
  const isPhone = channel === 'sms' || channel === 'whatsapp' || address.startsWith('+');
  if (isPhone && digits.length >= 6) return `·· ${digits.slice(-4, -2)} ${digits.slice(-2)}`;
  if (channel === 'mail') return address.replace(/^(.)[^@]*/u, '$1··');
  return t(channel === 'web' ? 'desk.visitor' : 'desk.citizen');
}

export interface LineLooks {
  title(topic: string): string;
  fileUrl(attachment: Attachment): string | null;
  /** What is covered of a citizen's words. */
  coveredIn(text: string): Stretch[];
}

/** None where it has no address of ours. */
export function presentFile(attachment: Attachment, fileUrl: LineLooks['fileUrl']): WireFile[] {
  const url = fileUrl(attachment);
  const { name = '', contentType: type, size } = attachment;
  return url ? [{ url, name, type, ...(size === undefined ? {} : { size }) }] : [];
}

export function presentLine({ line, at, from, agent, activity, why }: Row, { title, fileUrl, coveredIn }: LineLooks): Line {
  const pin = pinOf(activity);
  const covered = from === 'citizen' ? coveredIn(activity.text ?? '') : [];
  const buttons = (activity.suggestedActions?.actions ?? []).map((action) => action.title);
  const files = (activity.attachments ?? []).flatMap((attachment) => presentFile(attachment, fileUrl));
  return {
    line,
    at,
    by: from,
    text: activity.text ?? '',
    ...(from === 'citizen' ? mailOf(activity) : {}),
    ...(covered.length > 0 ? { covered } : {}),
    ...(agent ? { agent: { id: agent.id, name: agent.name } } : {}),
    ...(buttons.length > 0 ? { buttons } : {}),
    ...(files.length > 0 ? { files } : {}),
    ...(pin ? { place: { latitude: pin.geo.latitude, longitude: pin.geo.longitude, address: pin.address ?? pin.name } } : {}),
    ...(from === 'citizen' && why
      ? {
          understood: {
            rule: why.rule,
            topics: why.heard.map(({ topic, confidence }) => ({ topic, title: title(topic), confidence })),
          },
        }
      : {}),
  };
}

function mailOf({ channelId, channelData }: Row['activity']): Pick<Line, 'mail'> {
  const mail = channelId === 'mail' ? (channelData?.mail as { subject?: string; whole?: string } | undefined) : undefined;
  if (!mail) return {};
  return { mail: { subject: mail.subject ?? '', ...(mail.whole ? { whole: mail.whole } : {}) } };
}

/** The title of a topic in a language, or its id. */
export function topicTitle(towns: Towns, town: Town, topic: string, language: string): string {
  const title = towns.topic(town.id, topic)?.title;
  return title?.[language] ?? title?.[town.languages[0]] ?? topic;
}
