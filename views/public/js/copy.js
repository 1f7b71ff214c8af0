/** A button that copies what stands beside it. Browsers copy only on safe addresses, so it shows only where it works. */
for (const button of navigator.clipboard ? document.querySelectorAll('button[data-copy]') : []) {
  button.hidden = false;
  button.addEventListener('click', async () => {
    const status = button.nextElementSibling;
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    status.textContent = status.dataset.copied;
  });
}
