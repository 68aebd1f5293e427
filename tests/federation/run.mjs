// run.mjs HUB_URL: a second subgraph, the supergraphs of both composers, and a Hive Gateway over each.
// Tells what it made as one line of JSON and serves until standard input ends, so that it never outlives the tests.
import { createServer } from "node:http";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { parse } from "graphql";
import { composed } from "./compose.mjs";
import { TYPE_DEFS, reviews } from "./reviews.mjs";

const [hubUrl] = process.argv.slice(2);

const listening = (server) =>
  new Promise((resolve) =>
    server.listen(0, "127.0.0.1", () => resolve(`http://127.0.0.1:${server.address().port}`)),
  );

const sdl = async (url) => {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
  });
  return (await response.json()).data._service.sdl;
};

const gateway = (supergraph) => listening(createServer(createGatewayRuntime({ supergraph, logging: false, maskedErrors: false })));

const hubSdl = await sdl(hubUrl);
const reviewsUrl = await listening(reviews());
const supergraphs = composed([
  { name: "hub", url: hubUrl, typeDefs: parse(hubSdl) },
  { name: "reviews", url: reviewsUrl, typeDefs: TYPE_DEFS },
]);
const gateways = {};
for (const [name, { supergraph }] of Object.entries(supergraphs)) {
  if (supergraph !== null) gateways[name] = `${await gateway(supergraph)}/graphql`;
}
process.stdout.write(`${JSON.stringify({ hubSdl, supergraphs, gateways, reviews: reviewsUrl })}\n`);
process.stdin.on("close", () => process.exit(0)).resume();
