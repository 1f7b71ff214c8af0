/** Proposes the browser's own zone where nobody has chosen one yet. */
const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** Browsers still call some zones by names that were replaced; both lead to the same one. */
const sameZone = (name) =>
  new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone === own;

for (const select of document.querySelectorAll('[data-browser-zone] select')) {
  const names = [...select.options].map(({ value }) => value);
  const proposed = names.includes(own) ? own : names.find(sameZone);
  if (proposed) select.value = proposed;
}
