// Draws the town and points in it: the town's own lines on a canvas, on pictures of the ground only where the operator has
// chosen who makes them. Fetched with the first map that is opened; everything it shows also stands as text beside it.
import {
  canvas,
  circleMarker,
  control,
  layerGroup,
  map as openLeaflet,
  polygon,
  polyline,
  tileLayer,
  tooltip,
} from 'leaflet/dist/leaflet-src.esm.js';
import type { MapPoint, TownMap } from '../../../src/desk/wire';

export interface Dot {
  id: string;
  name: string;
  at: MapPoint;
  look: 'open' | 'urgent' | 'done';
  isExact: boolean;
}

export interface MapOptions {
  town: TownMap;
  words: { zoomIn: string; zoomOut: string };
  /** Shown as near as a street around one point, and the page scrolls over it. */
  around?: MapPoint;
  /** Which points are in sight, each time that it has moved. */
  moved?(ids: string[]): void;
  /** Which points were pressed: those that lie on one another come together. */
  pressed?(ids: string[]): void;
}

export interface OpenMap {
  show(dots: Dot[]): void;
  /** One of them stands out. */
  light(id: string | undefined): void;
  close(): void;
}

const NEAR_ZOOM = 17;
const NAMES_FROM_ZOOM = 16;
const MOST_ZOOM = 19;
/** Pixels: how wide a press is, and how far names keep from each other. */
const PRESS = 14;
const NAME_WIDTH = 110;
const NAME_HEIGHT = 22;

export function openMap(box: HTMLElement, { town, words, around, moved, pressed }: MapOptions): OpenMap {
  const colour = coloursOf(box);
  const map = openLeaflet(box, {
    renderer: canvas({ padding: 0.4 }),
    attributionControl: false,
    zoomControl: false,
    // Leaflet ends an animated zoom a quarter of a second later, and fails when the map has been closed meanwhile.
    zoomAnimation: false,
    fadeAnimation: !matchMedia('(prefers-reduced-motion: reduce)').matches,
    maxZoom: MOST_ZOOM,
    zoomSnap: 0.25,
    scrollWheelZoom: !around,
    dragging: !around || matchMedia('(pointer: fine)').matches,
  });
  control.zoom({ zoomInTitle: words.zoomIn, zoomOutTitle: words.zoomOut }).addTo(map);
  if (town.tiles) tileLayer(town.tiles.url, { maxZoom: MOST_ZOOM }).addTo(map);
  const quiet = { interactive: false } as const;
  if (town.boundary.length > 2)
    polygon(town.boundary, {
      ...quiet,
      ...{ color: colour('soft'), weight: 2, fillColor: colour('surface'), fillOpacity: town.tiles ? 0 : 1 },
    }).addTo(map);
  for (const { rings } of town.sectors)
    for (const ring of rings)
      polygon(ring, { ...quiet, color: colour('edge'), weight: 1, dashArray: '4 5', fill: false }).addTo(map);
  if (!town.tiles) {
    for (const { line } of town.streets)
      if (line.length > 1) polyline(line, { ...quiet, color: colour('hairline'), weight: 4, lineCap: 'round' }).addTo(map);
  }
  const everywhere = [...town.boundary, ...(town.boundary.length > 0 ? [] : town.streets.map(({ middle }) => middle))];
  if (around) map.setView(around, NEAR_ZOOM);
  else if (everywhere.length > 0) map.fitBounds(everywhere, { padding: [8, 8] });

  const names = layerGroup().addTo(map);
  const drawn = layerGroup().addTo(map);
  let dots: Dot[] = [];
  let lit: string | undefined;
  // Whoever holds a map may still be told of new points in the moment in which it is closed: Leaflet then fails.
  let isClosed = false;

  /** Of what is in sight, as many names as there is room for: landmarks first, since that is how people find their way. */
  function nameThings(): void {
    names.clearLayers();
    if (town.tiles || map.getZoom() < NAMES_FROM_ZOOM) return;
    const sight = map.getBounds().pad(-0.08);
    const taken: Array<{ x: number; y: number }> = [];
    const things = [
      ...town.landmarks.map(({ name, at }) => ({ name, places: [at], isLandmark: true })),
      ...town.streets.map(({ name, middle, line }) => ({ name, places: [middle, ...line], isLandmark: false })),
    ];
    for (const { name, places, isLandmark } of things) {
      // A street whose middle is out of sight is named at another place along it.
      const at = places.find((place) => sight.contains(place));
      if (!at) continue;
      const { x, y } = map.latLngToContainerPoint(at);
      if (taken.some((other) => Math.abs(other.x - x) < NAME_WIDTH && Math.abs(other.y - y) < NAME_HEIGHT)) continue;
      taken.push({ x, y });
      if (isLandmark)
        names.addLayer(circleMarker(at, { ...quiet, radius: 2.5, stroke: false, fillColor: colour('edge'), fillOpacity: 1 }));
      const direction = isLandmark ? 'bottom' : 'center';
      const className = `map-name ${isLandmark ? 'landmark' : ''}`;
      names.addLayer(tooltip({ permanent: true, direction, className }).setLatLng(at).setContent(textOf(name)));
    }
  }

  function draw(): void {
    if (isClosed) return;
    drawn.clearLayers();
    // Whatever stands out is drawn last, above what lies on the same place.
    for (const dot of [...dots].sort((one, other) => Number(one.id === lit) - Number(other.id === lit))) {
      const paint = colour({ open: 'accent', urgent: 'danger', done: 'soft' }[dot.look]);
      const isLit = dot.id === lit;
      const marker = circleMarker(dot.at, {
        radius: isLit ? 10 : 7,
        color: isLit ? colour('ink') : dot.isExact ? colour('surface') : paint,
        weight: isLit ? 3 : 2,
        fillColor: dot.isExact ? paint : colour('surface'),
        fillOpacity: 1,
      });
      drawn.addLayer(marker.bindTooltip(textOf(dot.name), { className: 'map-tip', offset: [0, -8], direction: 'top' }));
    }
  }

  function tellSight(): void {
    if (isClosed) return;
    const sight = map.getBounds();
    moved?.(dots.filter(({ at }) => sight.contains(at)).map(({ id }) => id));
  }

  nameThings();
  map.on('moveend', () => {
    if (!isClosed) nameThings();
    tellSight();
  });
  map.on('click', ({ containerPoint }) => {
    const near = dots.filter(({ at }) => map.latLngToContainerPoint(at).distanceTo(containerPoint) <= PRESS);
    pressed?.(near.map(({ id }) => id));
  });
  const sizes = new ResizeObserver(() => map.invalidateSize({ pan: false }));
  sizes.observe(box);
  return {
    show(shown) {
      if (isClosed) return;
      dots = shown;
      if (!around && everywhere.length === 0 && shown.length > 0) map.fitBounds(shown.map(({ at }) => at));
      draw();
      tellSight();
    },
    light(id) {
      lit = id;
      draw();
    },
    close() {
      isClosed = true;
      sizes.disconnect();
      map.remove();
    },
  };
}

/** A name as text: Leaflet reads a string as HTML. */
function textOf(name: string): HTMLElement {
  const text = document.createElement('span');
  text.textContent = name;
  return text;
}

/** The page's colours as they are now: a canvas knows no custom properties. */
function coloursOf(box: HTMLElement): (token: string) => string {
  const known = new Map<string, string>();
  return (token) => {
    const there = known.get(token);
    if (there) return there;
    const probe = document.createElement('i');
    probe.style.color = `var(--${token})`;
    box.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    known.set(token, color);
    return color;
  };
}
