// All records of a kind, drawn from the model as every list, with a button whose dialog makes a new one.
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useNavigate } from 'react-router';
import List from '../pages/List';
import { documentsOfType, recordPlace } from '../places';
import { Dialog } from './Dialog';

export function MakingList({
  type,
  title,
  mayMake,
  form,
}: {
  type: string;
  /** Of the button and of the dialog. */
  title: string;
  mayMake: boolean;
  form: (onDone: (id: string) => void) => ReactNode;
}) {
  const navigate = useNavigate();
  const [isMaking, setMaking] = useState(false);
  const documents = documentsOfType(type);
  if (!documents) return null;
  const button = (
    <Button type="primary" onClick={() => setMaking(true)}>
      {title}
    </Button>
  );
  return (
    <>
      <List documents={documents} actions={mayMake && button} />
      {isMaking && (
        <Dialog title={title} onClose={() => setMaking(false)}>
          {form((id) => void navigate(recordPlace(id, type)))}
        </Dialog>
      )}
    </>
  );
}
