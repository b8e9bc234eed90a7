// Leaflet's own modules: its front door is made for a page that loads it whole, and would bring a loader into the desk's first script.
declare module 'leaflet/dist/leaflet-src.esm.js' {
  export * from 'leaflet';
}
