/** The browser's own printing does without this button, so it shows only where it works. */
for (const button of document.querySelectorAll('button[data-print]')) {
  button.hidden = false;
  button.addEventListener('click', () => window.print());
}
