// Records of the demonstration that the tests walk through, found by what they are.
import { ask, type Watched } from './browser';
import { askAs } from './sign-on';

export interface Known {
  instrument: string;
  institution: string;
  person: string;
  project: string;
  agreement: string;
  other: string;
  openClass: string;
  heldClass: string;
  certifiedClass: string;
}

interface Answer {
  open: { nodes: { id: string }[] };
  held: { nodes: { id: string }[] };
  certified: { nodes: { id: string }[] };
  instruments: { nodes: { id: string; owner: { id: string } }[] };
  people: { nodes: { id: string }[] };
  projects: { nodes: { id: string }[] };
  agreements: { nodes: { id: string; parties: { nodes: { id: string }[] } }[] };
}

const QUESTION = `{
  instruments(first: 1, where: { owner: { agreements: { some: { status: { eq: IN_FORCE } } } } }) { nodes { id owner { id } } }
  open: trainingClasses(first: 1, where: { state: { eq: OPEN }, organiser: { id: { eq: "cd-institution-scast" } } }) { nodes { id } }
  held: trainingClasses(first: 1, where: { state: { eq: HELD }, organiser: { id: { eq: "cd-institution-scast" } } }) { nodes { id } }
  certified: trainingClasses(first: 1, where: { state: { eq: CERTIFIED }, organiser: { id: { eq: "cd-institution-scast" } } }) { nodes { id } }
  people(first: 1) { nodes { id } }
  projects(first: 1) { nodes { id } }
  agreements(first: 1, where: { status: { eq: IN_FORCE }, kind: { eq: BILATERAL } }) { nodes { id parties(first: 2) { nodes { id } } } }
}`;

export async function known(address: string): Promise<Known> {
  const { instruments, people, projects, agreements, open, held, certified } = await ask<Answer>(address, QUESTION);
  const [instrument, agreement] = [instruments.nodes[0], agreements.nodes[0]];
  const [first, second] = agreement?.parties.nodes ?? [];
  if (!instrument || !agreement || !first || !second)
    throw new Error('The demonstration lacks an instrument or an agreement.');
  return {
    instrument: instrument.id,
    institution: first.id,
    other: second.id,
    person: people.nodes[0]?.id ?? '',
    project: projects.nodes[0]?.id ?? '',
    agreement: agreement.id,
    openClass: open.nodes[0]?.id ?? '',
    heldClass: held.nodes[0]?.id ?? '',
    certifiedClass: certified.nodes[0]?.id ?? '',
  };
}

/** What an administrator works on. */
export interface Work {
  task: string;
  exchange: string;
  person: string;
  home: string;
  post: string;
}

interface Owed {
  inbox: {
    nodes: {
      task: { id: string };
      record: { id: string; person: { id: string }; home: { id: string }; post: { id: string } };
    }[];
  };
}

export async function workOf(seen: Watched): Promise<Work> {
  const { inbox } = await askAs<Owed>(
    seen,
    '{ inbox(first: 1, kind: CADRE_EXCHANGE) { nodes { task { id } record { id ... on CadreExchange { person { id } home { id } post { id } } } } } }',
  );
  const first = inbox.nodes[0];
  if (!first) throw new Error('The demonstration owes this administrator nothing.');
  const { task, record } = first;
  return { task: task.id, exchange: record.id, person: record.person.id, home: record.home.id, post: record.post.id };
}
