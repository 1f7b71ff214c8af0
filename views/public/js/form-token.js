/** Requests that htmx makes carry the session's token like forms do. */
const token = document.querySelector('meta[name="form-token"]')?.content;

document.addEventListener('htmx:config:request', (event) => {
  if (token) event.detail.ctx.request.headers['X-Form-Token'] = token;
});
