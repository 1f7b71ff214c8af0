/**
 * Asks the server before a veil opens, so that openings are counted for the person's own eyes and a break is
 * suggested when their cap is reached. It only asks: a button opens all the same, and so does a server that is silent.
 */
const ADDRESS = '/settings/me/exposures';
const token = document.querySelector('meta[name="form-token"]')?.content;
/** Veils that were counted before they opened. */
const counted = new WeakSet();

document.addEventListener('click', (event) => {
  const veil = event.target.closest?.('details.veiled > summary')?.parentElement;
  if (!token || !veil || veil.open) return;
  event.preventDefault();
  open(veil, false);
});

// A veil that a search in the page, or the page itself, opened has been seen: there is nothing left to ask.
document.addEventListener('toggle', ({ target }) => seen(target), true);
for (const veil of document.querySelectorAll('details.veiled[open]')) seen(veil);

function seen(veil) {
  if (!token || !veil.matches('details.veiled') || !veil.open || counted.delete(veil)) return;
  ask(veil, true);
}

async function open(veil, isAllTheSame) {
  const answer = await ask(veil, isAllTheSame);
  const offer = veil.nextElementSibling?.matches('.veil-break') ? veil.nextElementSibling : null;
  if (answer?.isOpened === false) {
    if (!offer) veil.after(breakOffer(veil, answer));
    return;
  }
  offer?.remove();
  if (veil.open) return;
  counted.add(veil);
  veil.open = true;
}

function breakOffer(veil, { sentence, button }) {
  const offer = document.createElement('div');
  offer.className = 'notice notice-warning veil-break';
  offer.setAttribute('role', 'status');
  const said = document.createElement('p');
  said.textContent = sentence;
  const goOn = document.createElement('button');
  goOn.type = 'button';
  goOn.className = 'btn btn-sm btn-outline-secondary';
  goOn.textContent = button;
  goOn.addEventListener('click', async () => {
    await open(veil, true);
    veil.querySelector('summary').focus();
  });
  offer.append(said, goOn);
  return offer;
}

/** The server's answer, or null when there is none. */
async function ask(veil, isAllTheSame) {
  const body = new URLSearchParams({ thing: fingerprint(veil), isAllTheSame });
  const headers = { 'X-Form-Token': token, Accept: 'application/json' };
  try {
    const answer = await fetch(ADDRESS, { method: 'POST', body, headers, redirect: 'error' });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

/** FNV-1a, 32 bits, of what stands behind a veil: the same text or image on another page is the same thing. */
function fingerprint(veil) {
  const image = veil.querySelector('img');
  const thing = image
    ? new URL(image.src).pathname.replace(/\/(image|thumbnail)$/, '')
    : (veil.querySelector('blockquote') ?? veil).textContent.replace(/\s+/g, ' ').trim();
  let hash = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(thing)) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
