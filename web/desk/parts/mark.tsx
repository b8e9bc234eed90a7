// The mark of Guichet: a counter's window, open.
export function Mark() {
  return (
    <svg className="mark" viewBox="0 0 32 32" aria-hidden="true">
      <path className="mark-frame" d="M6 27V14a10 10 0 0 1 20 0v13z" />
      <path className="mark-light" d="M11 20v-6a5 5 0 0 1 10 0v6z" />
      <path className="mark-sill" d="M3 27h26" />
    </svg>
  );
}
