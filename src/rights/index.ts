/** The citizen's rights over what is kept of them, and how long it is kept. This is its face. */
export { createAsked } from './asked';
export { createErasing } from './erasing';
export { createPersons, type Known } from './person';
export { createPlan } from './plan';
export { createRetention } from './retention';
