// What the chat looks like, as one style sheet. The bundler hands style sheets over as text (tools/build.mjs).
// @ts-expect-error -- no module for the type checker
import frame from './looks/frame.css';
// @ts-expect-error -- no module for the type checker
import screens from './looks/screens.css';
// @ts-expect-error -- no module for the type checker
import talk from './looks/talk.css';
// @ts-expect-error -- no module for the type checker
import writing from './looks/writing.css';

export const looks: string = frame + talk + writing + screens;
