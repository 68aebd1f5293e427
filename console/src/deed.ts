// A deed is one intention: its request key stays while the same is tried again, so that no click and no retry does it twice.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useRef, useState } from 'react';
import { type CombinedError, useMutation } from 'urql';
import { requestKey, trusted } from './ask';
import { doubt } from './doubts';
import type { Fact } from './parts/Fault';

interface Answered {
  answer: { __typename?: string };
}

export interface Deed<Variables, Answer> {
  /** What was answered; null where a fact or an error stands in the way, which `fact` and `error` then tell. */
  run: (given: Omit<Variables, 'requestKey'>) => Promise<Answer | null>;
  isBusy: boolean;
  fact: Fact | null;
  error: CombinedError | undefined;
}

export function refusal(answer: object | null | undefined): Fact | null {
  return answer && 'whatNext' in answer ? (answer as Fact) : null;
}

export function useDeed<Data extends Answered, Variables extends { requestKey: string | number }>(
  document: TypedDocumentNode<Data, Variables>,
): Deed<Variables, Data['answer']> {
  const [{ fetching, error }, send] = useMutation(trusted(document));
  const [fact, setFact] = useState<Fact | null>(null);
  const intention = useRef({ content: '', key: '' });
  const run = async (given: Omit<Variables, 'requestKey'>) => {
    const content = JSON.stringify(given);
    if (intention.current.content !== content) intention.current = { content, key: requestKey() };
    const { data } = await send({ ...given, requestKey: intention.current.key } as Variables);
    if (!data) {
      doubt();
      return null;
    }
    intention.current = { content: '', key: '' };
    const refused = refusal(data.answer);
    setFact(refused);
    if (refused) doubt();
    return refused ? null : data.answer;
  };
  return { run, isBusy: fetching, fact, error };
}
