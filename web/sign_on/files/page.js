// Narrows the list of agencies as one types: by words of their names, or by the domain of an e-mail address.
'use strict';

const field = document.getElementById('q');
const list = document.getElementById('agencies');
const nobody = document.getElementById('nobody');
const rows = [...list.children];

function fits(row, text) {
  const at = text.lastIndexOf('@');
  if (at < 0) return text.split(/\s+/).every((word) => row.dataset.words.includes(word));
  const domain = text.slice(at + 1);
  const domains = row.dataset.domains.split(' ').filter(Boolean);
  // while the address is being typed, a beginning of the domain counts
  return domains.some((each) => each.startsWith(domain) || domain === each || domain.endsWith(`.${each}`));
}

function narrow() {
  const text = field.value.trim().toLowerCase();
  for (const row of rows) row.hidden = !fits(row, text);
  const none = rows.every((row) => row.hidden);
  list.hidden = none;
  nobody.hidden = !none;
}

// the page may hold the answer to a search already: then the server's list is narrowed further, or asked for anew
if (field.value === '') field.addEventListener('input', narrow);

field.form.addEventListener('submit', (event) => {
  const shown = rows.filter((row) => !row.hidden);
  if (shown.length !== 1 || field.value.trim() === '') return;
  event.preventDefault(); // an address stays out of the address bar, and one fitting agency is the choice
  location.assign(shown[0].querySelector('a').href);
});
