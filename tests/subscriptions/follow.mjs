// follow.mjs ws|sse URL BREAK_AFTER UNTIL: follows all changes by a reference client, breaks its connection after so many events,
// resumes with the last cursor, and prints the names of all records told of up to the one called UNTIL, as JSON.
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient } from 'graphql-ws';
import WebSocket from 'ws';

const [kind, url, breakAfter, until] = process.argv.slice(2);
const query = 'subscription ($after: String) { changes(after: $after) { cursor node { ... on Institution { name } } } }';

const connect = () => (kind === 'ws'
  ? createWsClient({ url, webSocketImpl: WebSocket, retryAttempts: 0 })
  : createSseClient({ url, retryAttempts: 0 }));

let after;
const names = [];
for (let connections = 0; names.at(-1) !== until; connections += 1) {
  const client = connect();
  let told = 0;
  for await (const { data, errors } of client.iterate({ query, variables: { after } })) {
    if (errors) throw new Error(JSON.stringify(errors));
    after = data.changes.cursor;
    names.push(data.changes.node.name);
    told += 1;
    if (names.at(-1) === until || (connections === 0 && told === Number(breakAfter))) break;
  }
  if (kind === 'ws') client.terminate(); else client.dispose();
}

const client = connect();
const asked = [];
for await (const result of client.iterate({ query: '{ institutions { totalCount } }' })) asked.push(result);
let refused;
try {
  for await (const { errors } of client.iterate({ query: 'subscription { changes(after: "x") { cursor } }' })) [refused] = errors ?? [];
} catch (errors) {
  [refused] = errors;
}
await client.dispose();
process.stdout.write(JSON.stringify({ names, asked, refused: refused.extensions.code }));
