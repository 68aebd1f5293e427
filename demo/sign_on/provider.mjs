// The demonstration's OpenID providers, several agencies in one process: `node provider.mjs PLAN.json`.
//
// The plan is written by demo/sign_on/plan.py: port, folder for signing keys, and of each agency its people and its clients.
// Listens on this machine only, says `ready` on standard output, reads plan and keys anew on SIGHUP, and ends when its
// standard input does: whoever started it is gone then.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';

import { openAgency } from './agency.mjs';
import { failure } from './pages.mjs';
import { answer, styleSheet } from './answers.mjs';
import { AgencyStore } from './store.mjs';

const HOST = '127.0.0.1';

const planFile = process.argv[2];
const stores = new Map();
let agencies = new Map();

function readPlan() {
  const plan = JSON.parse(readFileSync(planFile, 'utf8'));
  if ((plan.host ?? HOST) !== HOST) {
    throw new Error(`The demonstration's sign-on listens on ${HOST} only, not on ${plan.host}.`);
  }
  return plan;
}

function open(plan) {
  const opened = new Map();
  for (const each of plan.agencies) {
    if (!stores.has(each.key)) stores.set(each.key, new AgencyStore());
    opened.set(each.key, openAgency(each, `http://${HOST}:${plan.port}/${each.key}`, plan.folder, stores.get(each.key)));
  }
  agencies = opened;
}

async function serve(request, response) {
  if (request.headers.host !== `${HOST}:${server.address().port}`) {
    answer(response, 421, failure('此处没有该主机', 'No such host here'));
    return;
  }
  if (request.url === '/style.css') {
    styleSheet(response);
    return;
  }
  const [, key, path] = /^\/([a-z0-9-]+)(\/.*)$/.exec(request.url) ?? [];
  const agency = agencies.get(key);
  if (!agency) {
    answer(response, 404, failure('没有这个页面', 'No such page'));
    return;
  }
  await agency(request, response, path);
}

const server = createServer((request, response) => {
  serve(request, response).catch((error) => {
    console.error(error);
    if (!response.headersSent) answer(response, 500, failure('出错了，请从枢纽重新登录', 'Something failed; sign on again from the hub'));
  });
});

function end(error) {
  console.error(`The demonstration's sign-on cannot start: ${error.message}`);
  process.exit(2);
}

process.stdin.resume();
for (const each of ['end', 'close', 'error']) process.stdin.on(each, () => process.exit(0));
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(0));
process.on('SIGHUP', () => {
  open(readPlan());
  console.log('ready');
});
process.on('uncaughtException', end);

const plan = readPlan();
open(plan);
server.on('error', end);
server.listen(plan.port, HOST, () => console.log('ready'));
