// Mounts GraphiQL with a panel of sample questions beside the editor.
'use strict';

const h = React.createElement;

let ask = () => {};
let samples = [];

function SamplesIcon() {
  return h('svg', { viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 },
    h('circle', { cx: 6, cy: 12, r: 3 }), h('circle', { cx: 18, cy: 5, r: 3 }), h('circle', { cx: 18, cy: 19, r: 3 }),
    h('path', { d: 'M8.7 10.6 15.4 6.5M8.7 13.4l6.7 4.1' }));
}

function SamplesPanel() {
  return h('section', { 'aria-label': '示例问题 Sample questions', className: 'samples' },
    h('h3', null, '示例问题 ', h('small', null, 'Sample questions')),
    samples.map((sample) => h('button', { key: sample.title, type: 'button', onClick: () => ask(sample) },
      h('strong', null, sample.title), h('small', null, sample.titleEn))));
}

const SAMPLES_PLUGIN = { title: '示例问题 Sample questions', icon: SamplesIcon, content: SamplesPanel };

async function fetcher(asked, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      Accept: 'application/graphql-response+json, application/json',
      ...options?.headers,
    },
    body: JSON.stringify(asked),
  });
  return response.json();
}

function Hub() {
  const [asked, setAsked] = React.useState(samples[Number(location.hash.slice(1))] ?? samples[0]);
  // A new text every time, so that a sample that was edited comes back when chosen again.
  ask = (sample) => setAsked((last) => ({
    ...sample,
    query: last.query === sample.query ? `${sample.query}\n` : sample.query,
  }));
  return h(GraphiQL,
    {
      fetcher,
      query: asked.query,
      variables: asked.variables ?? '',
      plugins: [SAMPLES_PLUGIN],
      shouldPersistHeaders: false,
    },
    h(GraphiQL.Logo, null, h('a', { href: '/' }, '巴蜀科技云数据枢纽')));
}

async function start() {
  localStorage['graphiql:visiblePlugin'] ??= SAMPLES_PLUGIN.title;
  samples = await (await fetch('/graphiql/source/samples.json')).json();
  ReactDOM.createRoot(document.getElementById('graphiql')).render(h(Hub));
}

start();
