// What panels share that change a record in a dialog: the record for who is signed on, the dialog, and what follows a deed.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { App } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { trusted } from './ask';
import { useViewer } from './viewer';

interface Edited<Data> {
  data: Data | undefined;
  isEditing: boolean;
  setEditing: (isEditing: boolean) => void;
  /** Says what was done, and shows what has become of the record. */
  done: (words: string) => void;
}

export function useEdited<Data>(
  document: TypedDocumentNode<Data, { id: string }>,
  id: string,
  onChange: () => void,
): Edited<Data> {
  const viewer = useViewer();
  const { message } = App.useApp();
  const [isEditing, setEditing] = useState(false);
  const [{ data }, again] = useQuery({
    query: trusted(document),
    variables: { id },
    pause: !viewer?.isSignedOn,
    requestPolicy: 'cache-and-network',
  });
  const done = (words: string) => {
    setEditing(false);
    void message.success(words);
    again({ requestPolicy: 'network-only' });
    onChange();
  };
  return { data, isEditing, setEditing, done };
}
