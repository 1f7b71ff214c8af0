/** Keys 1 to 7 choose a code in the coding form; Enter, as always, sends it. */
document.addEventListener('keydown', (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || !/^[1-7]$/.test(event.key)) return;
  if (event.target.closest?.('textarea, select, input:not([type="radio"])')) return;
  const codes = document.querySelectorAll('form.coding input[type="radio"]');
  const chosen = codes[Number(event.key) - 1];
  if (!chosen) return;
  event.preventDefault();
  chosen.checked = true;
  chosen.focus();
});
