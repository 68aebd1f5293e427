// The second subgraph: reviews of the hub's instruments by their id, ratings of its institutions by their ROR id.
import { createServer } from "node:http";
import { buildSubgraphSchema } from "@apollo/subgraph";
import { graphql, parse } from "graphql";

export const TYPE_DEFS = parse(`
  extend schema
    @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

  type Review {
    id: ID!
    text: String!
    instrument: Instrument
  }

  type Instrument @key(fields: "id") {
    id: ID!
    reviews: [Review!]!
  }

  type Institution @key(fields: "ror") {
    ror: String
    stars: Int
  }

  type PageInfo @shareable {
    hasNextPage: Boolean!
    hasPreviousPage: Boolean!
    startCursor: String
    endCursor: String
  }

  type Query {
    reviews(first: Int!): [Review!]!
    reviewed(ids: [ID!]!): [Instrument!]!
    rated(rors: [String!]!): [Institution!]!
  }
`);

const stars = (ror) => ({ __typename: "Institution", ror, stars: ror.length });

// review 7 is of instrument 7, review 107 again: a gateway meets each instrument more than once
const INSTRUMENTS = 100;
const idOf = (number) => `cd-instrument-${String(number % INSTRUMENTS).padStart(6, "0")}`;
const review = (number) => ({
  id: `review-${number}`,
  text: `第 ${number} 条评价`,
  instrument: { __typename: "Instrument", id: idOf(number) },
});

const RESOLVERS = {
  Query: {
    reviews: (_, { first }) => Array.from({ length: first }, (_, number) => review(number)),
    reviewed: (_, { ids }) => ids.map((id) => ({ __typename: "Instrument", id })),
    rated: (_, { rors }) => rors.map(stars),
  },
  Instrument: {
    __resolveReference: ({ id }) => ({ __typename: "Instrument", id }),
    reviews: ({ id }) => [review(Number(id.slice(-6)) || 0)],
  },
  Institution: { __resolveReference: ({ ror }) => stars(ror) },
};

const body = async (request) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
};

/** The handler of a server; GET tells how many representations came in each request so far, and forgets it. */
export const reviews = () => {
  const schema = buildSubgraphSchema([{ typeDefs: TYPE_DEFS, resolvers: RESOLVERS }]);
  let asked = [];
  const answer = async (request) => {
    if (request.method === "GET") return asked.splice(0);
    const { query, variables } = await body(request);
    const given = Object.values(variables ?? {}).find(Array.isArray) ?? [];
    if (query.includes("_entities")) asked.push(given.length);
    return graphql({ schema, source: query, variableValues: variables });
  };
  return createServer(async (request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(await answer(request)));
  });
};
