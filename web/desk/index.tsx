// The agents' console: what opens in the browser under /desk/.
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { sendBeside } from './server/api';
import { roomHeaders } from './server/room';
import { start } from './state/session';

sendBeside(roomHeaders());
createRoot(document.getElementById('desk')!).render(<App />);
void start();
