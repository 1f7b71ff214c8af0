/** Asks before leaving a form marked `data-unsent` in which something was typed and neither sent nor kept. */
let isUnsent = false;

document.addEventListener('input', (event) => {
  if (event.target.closest?.('form[data-unsent]')) isUnsent = true;
});
document.addEventListener('kept', () => {
  isUnsent = false;
});
document.addEventListener('submit', (event) => {
  // A form that htmx sends leaves the page, and what was typed elsewhere on it, where they are.
  if (!event.target.matches('[hx-post]')) isUnsent = false;
});
addEventListener('beforeunload', (event) => {
  if (isUnsent) event.preventDefault();
});
