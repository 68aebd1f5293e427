// A deed as a button: it asks first where it is grave, keeps a reason that was typed, and tells what stood in its way.
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../deed';
import { Dialog } from './Dialog';
import { FactShown, Fault } from './Fault';
import { LongField } from './Typed';

export function DeedButton<
  Data extends { answer: { __typename?: string } },
  Variables extends { requestKey: string | number; input: object },
>({
  document,
  label,
  question,
  input,
  hasReason,
  isReasonNeeded,
  isPrimary,
  isDanger,
  onDone,
}: {
  document: TypedDocumentNode<Data, Variables>;
  label: string;
  question: string;
  input: Omit<Variables['input'], 'reason'>;
  hasReason?: boolean;
  isReasonNeeded?: boolean;
  isPrimary?: boolean;
  isDanger?: boolean;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const deed = useDeed(document);
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const act = async () => {
    const given = reason ? { ...input, reason } : input;
    const answer = await deed.run({ input: given } as unknown as Omit<Variables, 'requestKey'>);
    if (!answer) return;
    setAsking(false);
    onDone();
  };
  return (
    <>
      <Button type={isPrimary ? 'primary' : 'default'} danger={isDanger} onClick={() => setAsking(true)}>
        {label}
      </Button>
      {isAsking && (
        <Dialog title={label} onClose={() => setAsking(false)}>
          {deed.error && <Fault error={deed.error} retry={act} />}
          {deed.fact && <FactShown fact={deed.fact} />}
          <p>{question}</p>
          {hasReason && (
            <LongField label={t('inbox.reason')} value={reason} onChange={setReason} isRequired={isReasonNeeded} />
          )}
          <div className="actions">
            <Button
              type="primary"
              danger={isDanger}
              loading={deed.isBusy}
              disabled={isReasonNeeded && !reason.trim()}
              onClick={act}
            >
              {label}
            </Button>
            <Button onClick={() => setAsking(false)}>{t('inbox.cancel')}</Button>
          </div>
        </Dialog>
      )}
    </>
  );
}
