/** Training: conversations to play, and what was to be seen of those that were played. */
import type { Fact } from '../../domain/desk/training';

/**
 * `GET /desk/api/conversations/:id/recording`, for supervisors of its service: what its citizen wrote, without what says who they
 * are, to be read; 409 `not-over`, `nothing-to-play`. `POST /desk/api/training/recordings {actionId, conversation, title, about,
 * opening, turns, outcomes}` keeps it as it was read and answers `{exercise}`; `DELETE /desk/api/training/recordings/:id`.
 */
export type { RecordingDraft } from '../../domain/desk/recording';

/** `POST /desk/api/training/exercises {exercise}` begins one and answers `{conversation}`; 404 for one that is not there. */
export interface ExerciseName {
  id: string;
  title: string;
  about: string;
  language: string;
  /** Really had once, and read by this person (its moment in ISO) before it was offered. */
  kept?: { by: string; at: string; mayRemove: boolean };
}

export interface PlayedExercise {
  /** Of its conversation. */
  id: string;
  title: string;
  /** Whose it is, where it is another's. */
  by?: string;
  /** ISO. */
  startedAt: string;
  isOver: boolean;
  facts: Fact[];
  /** `PUT /desk/api/training/exercises/<id>/shared {isShared}`. */
  isShared: boolean;
}

/** `GET /desk/api/training`. */
export interface TrainingView {
  exercises: ExerciseName[];
  charter: { points: string[]; takenWithinMinutes: number; answeredWithinMinutes: number } | null;
  /** The agent's own, the last first. */
  played: PlayedExercise[];
  /** Of others who show them, for supervisors. */
  shared: PlayedExercise[];
}
