// Mounts GraphiQL with a panel of sample questions beside the editor.
'use strict';

const h = React.createElement;

let ask = () => {};
let samples = [];

function SamplesIcon() {
  const icon = React.useRef(null);
  // The prop `visiblePlugin` of GraphiQL 4.1.2 leaves the panel folded at the start; its button does not.
  React.useEffect(() => icon.current.closest('button').click(), []);
  return h('svg', { ref: icon, viewBox: '0 0 24 24', fill: 'none', stroke: 'currentColor', strokeWidth: 1.6 },
    h('circle', { cx: 6, cy: 12, r: 3 }), h('circle', { cx: 18, cy: 5, r: 3 }), h('circle', { cx: 18, cy: 19, r: 3 }),
    h('path', { d: 'M8.7 10.6 15.4 6.5M8.7 13.4l6.7 4.1' }));
}

function SamplesPanel() {
  return h('section', { 'aria-label': '示例问题 Sample questions', className: 'samples' },
    h('h3', null, '示例问题 ', h('small', null, 'Sample questions')),
    samples.map((sample) => h('button', { key: sample.title, type: 'button', onClick: () => ask(sample) },
      h('strong', null, sample.title), h('small', null, sample.titleEn))));
}

// One array for good: GraphiQL folds the panel whenever it is given another.
const PLUGINS = [{ title: '示例问题 Sample questions', icon: SamplesIcon, content: SamplesPanel }];

// Plain JSON is asked for: its answers are 200 even when a question is refused, so that a mistyped
// question is shown in the page and is no error of the network in the browser's console.
async function answer(asked, options) {
  const response = await fetch('/graphql', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Accept: 'application/json', ...options?.headers },
    body: JSON.stringify(asked),
  });
  return response.json();
}

const streams = graphqlSse.createClient({ url: '/graphql' });

function isSubscription(asked, document) {
  const operations = document?.definitions.filter((each) => each.kind === 'OperationDefinition') ?? [];
  const meant = operations.length === 1 ? operations[0] : operations.find((each) => each.name?.value === asked.operationName);
  return meant?.operation === 'subscription';
}

function fetcher(asked, options) {
  return isSubscription(asked, options?.documentAST) ? streams.iterate(asked) : answer(asked, options);
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
      plugins: PLUGINS,
      shouldPersistHeaders: false,
    },
    h(GraphiQL.Logo, null, h('a', { href: '/' }, '巴蜀科技云数据枢纽')));
}

async function start() {
  samples = await (await fetch('/graphiql/source/samples.json')).json();
  ReactDOM.createRoot(document.getElementById('graphiql')).render(h(Hub));
}

start();
