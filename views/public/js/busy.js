/** A button whose work takes a while says so once it is pressed, and cannot be pressed twice. */
document.addEventListener('submit', ({ target, submitter }) => {
  const button = submitter ?? target.querySelector('button[type=submit]');
  if (!button?.dataset.busy) return;
  button.dataset.label = button.textContent;
  button.textContent = button.dataset.busy;
  button.disabled = true;
});

// Back on a page that the browser had kept as it was left.
addEventListener('pageshow', ({ persisted }) => {
  if (!persisted) return;
  for (const button of document.querySelectorAll('button[data-label]')) {
    button.textContent = button.dataset.label;
    button.disabled = false;
  }
});
