// What a hit's line tells beside its name, whatever its kind.
import type { SearchQuery } from './made/graphql/graphql';
import type { Model } from './model';
import type { Named } from './parts/RecordLink';

type Node = SearchQuery['search']['edges'][number]['node'];
type Place = Named & { division?: Named | null };

interface About {
  institution: Named | null;
  division: Named | null;
  identifier: string | null;
  status: string | null;
}

export function about(node: Node, model: Model): About {
  const place = placeOf(node);
  return {
    institution: place && place.id !== node.id ? place : null,
    division: place?.division ?? null,
    identifier: identifierOf(node),
    status: statusOf(node, model),
  };
}

function placeOf(node: Node): Place | null {
  switch (node.__typename) {
    case 'Institution':
      return node;
    case 'Instrument':
      return node.owner ?? null;
    case 'Person':
      return node.affiliations.edges[0]?.node ?? null;
    case 'Project':
      return node.institutions.edges[0]?.node ?? null;
    case 'Achievement':
      return node.holders.nodes[0] ?? null;
    case 'Dataset':
      return node.keeper ?? null;
    default:
      return null;
  }
}

function identifierOf(node: Node): string | null {
  switch (node.__typename) {
    case 'Institution':
      return node.ror ?? node.uscc ?? null;
    case 'Instrument':
      return node.pid ?? node.cstr ?? null;
    case 'Person':
      return node.orcid ?? null;
    case 'Project':
      return node.raid ?? null;
    case 'Achievement':
      return node.doi ?? null;
    case 'Dataset':
      return node.datasetDoi ?? node.datasetCstr ?? null;
    default:
      return null;
  }
}

function statusOf(node: Node, model: Model): string | null {
  const named = (field: string, value: string | null | undefined) =>
    value ? model.chosen(node.__typename, field, value) : null;
  switch (node.__typename) {
    case 'Institution':
      return named('kind', node.institutionKind);
    case 'Instrument':
      return named('status', node.instrumentStatus);
    case 'Project':
      return named('kind', node.projectKind);
    case 'Agreement':
      return named('status', node.agreementStatus);
    case 'Achievement':
      return named('kind', node.achievementKind);
    default:
      return null;
  }
}
