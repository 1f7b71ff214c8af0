/** A tag field holds several: what it suggests continues what is there already, up to the last comma. */
const originals = new WeakMap();

document.addEventListener('input', (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || field.name !== 'tags' || !field.list) return;
  const start = field.value.slice(0, field.value.lastIndexOf(',') + 1);
  const lead = start ? `${start} ` : '';
  for (const option of field.list.options) {
    if (!originals.has(option)) originals.set(option, option.value);
    option.value = lead + originals.get(option);
  }
});
