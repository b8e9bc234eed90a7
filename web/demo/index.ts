// The little the demo town's page does by itself: `/?lang=en` leads to the English page, and today's line of the
// opening hours stands out. Whether the town hall is open just now is left to the assistant, which knows the exceptions.

if (
  location.pathname === '/' &&
  new URLSearchParams(location.search).get('lang') === 'en' &&
  document.documentElement.lang !== 'en'
) {
  location.replace(`/demo/en.html${location.hash}`);
}

document.addEventListener('DOMContentLoaded', () => {
  const name = new Intl.DateTimeFormat('en', { weekday: 'short', timeZone: 'Europe/Paris' }).format(new Date());
  const day = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(name);
  const row = document.querySelector<HTMLElement>(`tr[data-day="${day}"]`);
  if (!row) return;
  row.classList.add('today');
  const note = Object.assign(document.createElement('span'), { textContent: row.closest('table')?.dataset.today ?? '' });
  row.querySelector('th')?.append(' ', note);
});
