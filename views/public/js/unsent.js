/** Asks before leaving a form marked `data-unsent` in which something was typed and neither sent nor kept. */
let isUnsent = false;

document.addEventListener('input', (event) => {
  if (event.target.closest?.('form[data-unsent]')) isUnsent = true;
});
for (const end of ['submit', 'kept']) {
  document.addEventListener(end, () => {
    isUnsent = false;
  });
}
addEventListener('beforeunload', (event) => {
  if (isUnsent) event.preventDefault();
});
