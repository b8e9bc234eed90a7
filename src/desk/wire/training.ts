/** Training: conversations to play, and what was to be seen of those that were played. */
import type { Fact } from '../../domain/desk/training';

/** `POST /desk/api/training/exercises {exercise}` begins one and answers `{conversation}`; 404 for one that is not there. */
export interface ExerciseName {
  id: string;
  title: string;
  about: string;
  language: string;
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
