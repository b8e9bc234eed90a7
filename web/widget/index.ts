// What a town embeds: <script src="https://…/widget.js" data-town="bellerive" defer></script>. Puts a launcher on the
// page, apart from the page's own styles, and does nothing else until a citizen presses it. README.md is its manual.
import { createChat } from './chat';
import { defineHost, HOST, type WidgetClass } from './host';
import { ownScript, readOptions } from './options';

const script = ownScript();

function mount() {
  if (!script) return;
  const options = readOptions(script);
  // A router that runs the scripts of each page it shows runs this one many times.
  const known = customElements.get(HOST) as WidgetClass | undefined;
  const widget = known ?? defineHost(createChat);
  widget.mount(options);
  if (!known) customElements.define(HOST, widget);
}

if (document.body) mount();
else document.addEventListener('DOMContentLoaded', mount);
