/** Selecting words in a text, here or in a field of the composer, puts them into the form for a new comment. */
const FIELD = /^variants\[\d+\]\.text$/;

/** The words, where they begin and in which text; null while nothing of a text is selected. */
function selectedPassage() {
  const field = document.activeElement;
  if (field?.tagName === 'TEXTAREA' && FIELD.test(field.name)) {
    const id = field.form.elements[field.name.replace('.text', '._id')]?.value;
    const { selectionStart: at, selectionEnd: end } = field;
    return at === end ? null : { id, at, quote: field.value.slice(at, end) };
  }
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const text = range.commonAncestorContainer;
  const block = (text.nodeType === Node.TEXT_NODE ? text.parentElement : text)?.closest('[data-passage]');
  if (!block) return null;
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(range.startContainer, range.startOffset);
  const quote = range.toString();
  const blanks = quote.length - quote.trimStart().length;
  return { id: block.dataset.passage, at: before.toString().length + blanks, quote: quote.trim() };
}

document.addEventListener('selectionchange', () => {
  const form = document.querySelector('#comments form[data-comment]');
  const passage = form && selectedPassage();
  if (!passage?.quote.trim() || !passage.id) return;
  form.elements['comment.variant'].value = passage.id;
  form.elements['comment.quote'].value = passage.quote;
  form.elements['comment.at'].value = passage.at;
});
