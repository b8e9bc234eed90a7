/** What is called by its name, drawn or counted in many places of the desk. */

export type Priority = 'normal' | 'high' | 'danger';

export interface AgentName {
  id: string;
  name: string;
}

export interface ServiceName {
  id: string;
  name: string;
}

/** A photo or a document. `size` in bytes, where known. */
export interface WireFile {
  url: string;
  name: string;
  type: string;
  size?: number;
}

/** A sector of the town, in the agent's language. */
export interface SectorName {
  id: string;
  name: string;
}

export interface Counts {
  queue: number;
  mine: number;
  parked: number;
  urgent: number;
}
