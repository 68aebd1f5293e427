// The two composers that the world uses, each behind the same words.
import { composeServices as apollo } from "@apollo/composition";
import { composeServices as guild } from "@theguild/federation-composition";

const COMPOSERS = { apollo, guild };

/** By composer: what it says, and the supergraph unless it refused. `services`: name, url and typeDefs of each subgraph. */
export const composed = (services) =>
  Object.fromEntries(
    Object.entries(COMPOSERS).map(([name, compose]) => {
      const { errors, hints, supergraphSdl } = compose(services);
      const said = (list) => (list ?? []).map(({ message }) => message);
      return [name, { errors: said(errors), hints: said(hints), supergraph: supergraphSdl ?? null }];
    }),
  );
