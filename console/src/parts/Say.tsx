// Something is said of a decision: a comment, or the answer to a question; what was typed stays until it is sent.
import { Button } from 'antd';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Deed, useDeed } from '../deed';
import { CommentOnTaskDocument } from '../made/graphql/graphql';
import { Refused } from './Fault';
import { LongField } from './Typed';

export type Stopped = Pick<Deed<object, object>, 'error' | 'fact' | 'isBusy'>;

export interface Ends {
  task: string;
  onCancel: () => void;
  onDone: () => void;
}

export function Say({ task, label, onCancel, onDone }: Ends & { label: string }) {
  const { t } = useTranslation();
  const deed = useDeed(CommentOnTaskDocument);
  const send = async (text: string) => (await deed.run({ input: { task, text } })) && onDone();
  return <Written label={label} button={t('inbox.send')} deed={deed} onSend={send} onCancel={onCancel} />;
}

export function Written({
  label,
  hint,
  button,
  deed,
  onSend,
  onCancel,
}: {
  label: string;
  hint?: string;
  button: string;
  deed: Stopped;
  onSend: (text: string) => void;
  onCancel: () => void;
}) {
  const [text, setText] = useState('');
  return (
    <Sent button={button} deed={deed} isReady={!!text.trim()} onSend={() => onSend(text.trim())} onCancel={onCancel}>
      <LongField label={label} hint={hint} value={text} onChange={setText} isRequired />
    </Sent>
  );
}

export function Sent({
  button,
  deed,
  isReady,
  onSend,
  onCancel,
  children,
}: {
  button: string;
  deed: Stopped;
  isReady: boolean;
  onSend: () => void;
  onCancel: () => void;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <form
      className="panel"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onSend();
      }}
    >
      <Refused deed={deed} />
      {children}
      <div className="actions">
        <Button type="primary" htmlType="submit" loading={deed.isBusy} disabled={!isReady}>
          {button}
        </Button>
        <Button onClick={onCancel}>{t('inbox.cancel')}</Button>
      </div>
    </form>
  );
}
