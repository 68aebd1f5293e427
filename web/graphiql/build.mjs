// Puts what the page needs side by side in dist/: files of npm packages, no bundler.
import { cpSync, mkdirSync, rmSync } from 'node:fs';

const FROM_PACKAGES = [
  'react/umd/react.production.min.js',
  'react-dom/umd/react-dom.production.min.js',
  'graphql-sse/umd/graphql-sse.min.js',
  'graphiql/graphiql.min.js',
  'graphiql/graphiql.min.css',
];

const here = (path) => new URL(path, import.meta.url);

rmSync(here('dist'), { recursive: true, force: true });
mkdirSync(here('dist'));
for (const path of FROM_PACKAGES) {
  cpSync(here(`node_modules/${path}`), here(`dist/${path.split('/').at(-1)}`));
}
console.log(`GraphiQL is in web/graphiql/dist (${FROM_PACKAGES.length} files)`);
