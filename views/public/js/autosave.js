/**
 * Keeps what is typed into a form marked `data-autosave` (its address) a moment after the last key, and says so in
 * the form's `[data-autosave-state]`. Without it the form works as ever; leaving then asks first.
 */
const QUIET_MS = 1200;

for (const form of document.querySelectorAll('form[data-autosave]')) keep(form);

function keep(form) {
  const state = form.querySelector('[data-autosave-state]');
  let timer = 0;
  let last = '';
  let isSending = false;

  form.addEventListener('input', () => {
    state.textContent = state.dataset.typing;
    clearTimeout(timer);
    timer = setTimeout(send, QUIET_MS);
  });
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && timer) send();
  });
  form.addEventListener('submit', () => {
    clearTimeout(timer);
    // Else leaving the page would keep once more what has just been saved.
    timer = 0;
  });

  async function send() {
    clearTimeout(timer);
    timer = 0;
    const typed = new URLSearchParams(
      [...new FormData(form)].filter(([, value]) => typeof value === 'string'),
    );
    if (typed.toString() === last) return;
    if (isSending) {
      timer = setTimeout(send, QUIET_MS);
      return;
    }
    isSending = true;
    const words = await post(form.dataset.autosave, typed);
    isSending = false;
    if (words === null) {
      state.textContent = state.dataset.failed;
      timer = setTimeout(send, 10 * QUIET_MS);
      return;
    }
    last = typed.toString();
    if (timer) return;
    state.textContent = words;
    form.dispatchEvent(new CustomEvent('kept', { bubbles: true }));
  }
}

/** The server's words, or null when it did not keep it. */
async function post(address, typed) {
  try {
    const answer = await fetch(address, { method: 'POST', body: typed, redirect: 'error' });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
