/** Figures for those who steer, and for everybody where the town wants it: routes, and what is worked out by itself. */
import type { Route } from '../../domain/http/route';
import { createDays, type Days, type DaysParts } from './days';
import { createQualityPage, type QualityParts } from './quality-page';
import { createFigureRoutes, type FigureParts } from './routes';

export interface FiguresOf {
  routes: Route[];
  days: Days;
  sweep(): Promise<void>;
}

export function createFigures(parts: DaysParts & Omit<FigureParts & QualityParts, 'days'>): FiguresOf {
  const days = createDays(parts);
  return { routes: [...createFigureRoutes({ ...parts, days }), createQualityPage({ ...parts, days })], days, sweep: days.sweep };
}
