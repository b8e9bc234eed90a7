// The desk's pictograms: one stroke, one size, always beside a word or under a name, never alone as a meaning.

const PATHS = {
  inbox:
    'M4 13l2.6-7.2A1.3 1.3 0 0 1 7.8 5h8.4c.5 0 1 .3 1.2.8L20 13v5a1.5 1.5 0 0 1-1.5 1.5h-13A1.5 1.5 0 0 1 4 18zM4 13h4.5l1.2 2.5h4.6l1.2-2.5H20',
  ticket: 'M7 3.5h7.5L19 8v12.5H7zM14 3.5V8.5h5M10 12.5h6M10 16.5h6',
  board: 'M4.5 19.5h15M7 16v-4M12 16V6M17 16v-7',
  search: 'M10.5 17a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13zM15.5 15.5L20 20',
  settings:
    'M4 7h9M17 7h3M4 17h3M11 17h9M15 9.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4zM9 19.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  web: 'M12 20a8 8 0 1 0 0-16 8 8 0 0 0 0 16zM4.3 12h15.4M12 4c2.3 2.2 3.3 5 3.3 8s-1 5.8-3.3 8c-2.3-2.2-3.3-5-3.3-8s1-5.8 3.3-8z',
  sms: 'M8.5 3h7A1.5 1.5 0 0 1 17 4.5v15a1.5 1.5 0 0 1-1.5 1.5h-7A1.5 1.5 0 0 1 7 19.5v-15A1.5 1.5 0 0 1 8.5 3zM11 18h2',
  whatsapp: 'M4.5 19.5l1.1-3.7A7.8 7.8 0 1 1 8.4 18.5zM9 9c.3 3 2.7 5.6 6 6',
  botframework: 'M4 6.5h16v10H11l-4 3.5v-3.5H4z',
  visit: 'M12 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM6 17c.6-3 2.8-4 6-4s5.4 1 6 4M3.5 17h17v3.5h-17z',
  call: 'M6.5 4h3l1.5 4-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4 1.5v3A1.5 1.5 0 0 1 18.5 19 14.5 14.5 0 0 1 5 5.5 1.5 1.5 0 0 1 6.5 4z',
  letter: 'M4 6h16v12H4zM4 7.5l8 6 8-6M4 18l5.5-5.5M20 18l-5.5-5.5',
  email: 'M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM16 8v5.5a2.3 2.3 0 0 0 4.5 0V12a8.5 8.5 0 1 0-3.5 6.9',
  plus: 'M12 5v14M5 12h14',
  print: 'M7 9V4h10v5M7 17H4.5V9h15v8H17M7 14h10v6H7z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20c.8-3.7 3.6-5.5 7.5-5.5s6.7 1.8 7.5 5.5',
  note: 'M6 3.5h12V15l-5 5.5H6zM18 15h-5v5.5M9 8h6M9 11.5h4',
  send: 'M4.5 12L20 4.5 15 20l-3-6.5zM12 13.5L20 4.5',
  more: 'M6 12h.01M12 12h.01M18 12h.01',
  back: 'M14.5 5.5L8 12l6.5 6.5',
  down: 'M6 9.5l6 6 6-6',
  close: 'M6 6l12 12M18 6L6 18',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  pause: 'M9 6v12M15 6v12',
  pass: 'M4 8h13M13.5 4.5L17 8l-3.5 3.5M20 16H7M10.5 12.5L7 16l3.5 3.5',
  alert: 'M12 4l9 15.5H3zM12 10v4.5M12 17v.01',
  bolt: 'M13 3L5.5 13.5H11L10 21l8-11h-5.5z',
  file: 'M15 7.5l-6.5 6.5a2 2 0 0 0 3 3l7-7a4 4 0 0 0-5.7-5.7l-7 7a6 6 0 0 0 8.5 8.5l5-5',
  pin: 'M12 21s7-6 7-11.5a7 7 0 0 0-14 0C5 15 12 21 12 21zM12 12a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  eye: 'M3 12s3.5-6.5 9-6.5S21 12 21 12s-3.5 6.5-9 6.5S3 12 3 12zM12 14.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z',
  keyboard: 'M3.5 6.5h17v11h-17zM7 10h.01M11 10h.01M15 10h.01M17.5 10h.01M8 14h8',
  out: 'M10 5H5.5v14H10M14 8l4 4-4 4M9.5 12H18',
  link: 'M9 15l6-6M10 6.5l1.5-1.5a4.5 4.5 0 0 1 6.5 6.5L16.5 13M14 17.5L12.5 19A4.5 4.5 0 0 1 6 12.5L7.5 11',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className={`icon ${name}-icon`} viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
