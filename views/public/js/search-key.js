/** Ctrl+K (or ⌘K) goes to the search field of the frame. */
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 'k' || !(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey)
    return;
  const field = document.querySelector('[data-search-field]');
  if (!field) return;
  event.preventDefault();
  field.focus();
  field.select();
});
