/** What somebody asked to be told of, on which of their addresses. */
import type { ChannelName } from '../conversation';

export interface Subscription {
  /** `<town>:<theme>:<conversation>` */
  id: string;
  town: string;
  theme: string;
  conversation: string;
  channel: ChannelName;
  address: string;
  /** In which it was asked for. */
  language: string;
  /** Of this sector alone; everywhere when absent. */
  sector?: string;
  state: 'on' | 'stopped';
  /** ISO: asked for. */
  at: string;
}
