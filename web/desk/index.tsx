// The agents' console: what opens in the browser under /desk/.
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { start } from './state/session';

createRoot(document.getElementById('desk')!).render(<App />);
void start();
