/** Figures for those who steer, and for everybody where the town wants it: routes, and what is worked out by itself. */
import type { Route } from '../../domain/http/route';
import { createDays, type Days, type DaysParts } from './days';
import { createOpenData, type OpenDataParts } from './open-data';
import { createQualityPage, type QualityParts } from './quality-page';
import { createFigureRoutes, type FigureParts } from './routes';

export interface FiguresOf {
  routes: Route[];
  days: Days;
  sweep(): Promise<void>;
}

export function createFigures(parts: DaysParts & Omit<FigureParts & QualityParts & OpenDataParts, 'days'>): FiguresOf {
  const days = createDays(parts);
  const routes = [...createFigureRoutes({ ...parts, days }), createQualityPage({ ...parts, days }), ...createOpenData(parts)];
  return { routes, days, sweep: days.sweep };
}
