// Fills in the live counts, the sample questions, this hub's own address, and who is signed on.
'use strict';

const cells = [...document.querySelectorAll('[data-count]')];

async function showCounts() {
  const fields = cells.map((cell) => `${cell.dataset.count} { totalCount }`).join(' ');
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: `query Counts { ${fields} }`, operationName: 'Counts' }),
  });
  const { data } = await response.json();
  for (const cell of cells) {
    const count = data?.[cell.dataset.count]?.totalCount;
    cell.textContent = Number.isInteger(count) ? count.toLocaleString('zh-CN') : '—';
  }
}

async function showQuestions() {
  const list = document.getElementById('sample-questions');
  const samples = await (await fetch('/graphiql/source/samples.json')).json();
  samples.forEach((sample, index) => {
    const link = document.createElement('a');
    link.href = `/graphiql#${index}`;
    const english = document.createElement('span');
    english.lang = 'en';
    english.textContent = sample.titleEn;
    link.append(sample.title, english);
    const item = document.createElement('li');
    item.append(link);
    list.append(item);
  });
}

async function showWho() {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ query: 'query Who { viewer { isSignedOn name } }', operationName: 'Who' }),
  });
  const { data } = await response.json();
  if (!data?.viewer?.isSignedOn) return;
  const link = document.getElementById('sign-on');
  const english = document.createElement('span');
  english.lang = 'en';
  english.textContent = 'Sign off';
  link.href = '/auth/logout';
  link.replaceChildren(`${data.viewer.name ?? ''} 退出 `, english);
}

document.getElementById('address').textContent = `${location.origin}/graphql`;
showQuestions();
showWho().catch(() => {}); // the link to sign on stays
showCounts().catch(() => cells.forEach((cell) => { cell.textContent = '—'; }));
