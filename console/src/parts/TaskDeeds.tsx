// What can be done about a decision: decide it, ask, hand over, send copies, comment; what was typed stays until it is done.
import { App, Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDeed } from '../deed';
import { AskSenderDocument, CopyTaskDocument, DecideTaskDocument, HandOverTaskDocument } from '../made/graphql/graphql';
import { useModel } from '../model';
import { Refused } from './Fault';
import { RecordPicker } from './RecordPicker';
import { type Chosen, RecordsPicker } from './RecordsPicker';
import { type Ends, Say, Sent, Written } from './Say';
import type { Move } from './TaskList';
import { LongField } from './Typed';

type Open = { deed: 'decide'; move: Move } | { deed: 'ask' | 'handOver' | 'copy' | 'comment' };

export function TaskDeeds({
  task,
  possible,
  onDecided,
  onDone,
}: {
  task: string;
  possible: readonly Move[];
  onDecided: () => void;
  onDone: () => void;
}) {
  const { t } = useTranslation();
  const model = useModel();
  const { message } = App.useApp();
  const [open, setOpen] = useState<Open | null>(null);
  const decide = useDeed(DecideTaskDocument);
  const labelOf = (move: Move) => (model.language === 'en' ? move.labelEn : move.label);
  const finished = (words: string, then: () => void) => {
    setOpen(null);
    void message.success(words);
    then();
  };
  const decided = async (move: Move, reason?: string) => {
    const input = { task, decision: move.name, ...(reason && { reason }) };
    const answer = await decide.run({ input, dryRun: false });
    if (answer) finished(t('inbox.decided', { label: labelOf(move) }), onDecided);
  };
  const others = ['ask', 'handOver', 'copy', 'comment'] as const;
  const close = () => setOpen(null);
  return (
    <div className="deeds">
      <div className="actions">
        {possible.map((move, index) => (
          <Button
            key={move.name}
            type={index === 0 ? 'primary' : 'default'}
            danger={move.name === 'reject'}
            loading={decide.isBusy && !(open?.deed === 'decide')}
            onClick={() => (move.needsReason ? setOpen({ deed: 'decide', move }) : decided(move))}
          >
            {labelOf(move)}
          </Button>
        ))}
        {others.map((each) => (
          <Button key={each} aria-expanded={open?.deed === each} onClick={() => setOpen({ deed: each })}>
            {t(`inbox.${each}`)}
          </Button>
        ))}
      </div>
      {open?.deed !== 'decide' && <Refused deed={decide} />}
      {open?.deed === 'decide' && (
        <Written
          key={open.move.name}
          label={t('inbox.reason')}
          hint={t('inbox.reasonNeeded')}
          button={labelOf(open.move)}
          deed={decide}
          onSend={(reason) => decided(open.move, reason)}
          onCancel={close}
        />
      )}
      {open?.deed === 'ask' && <Ask task={task} onCancel={close} onDone={() => finished(t('inbox.asked'), onDone)} />}
      {open?.deed === 'comment' && (
        <Say
          task={task}
          label={t('inbox.comment')}
          onCancel={close}
          onDone={() => finished(t('inbox.commented'), onDone)}
        />
      )}
      {open?.deed === 'handOver' && (
        <HandOver task={task} onCancel={close} onDone={() => finished(t('inbox.handedOver'), onDone)} />
      )}
      {open?.deed === 'copy' && (
        <Copy task={task} onCancel={close} onDone={() => finished(t('inbox.copied_'), onDone)} />
      )}
    </div>
  );
}

function Ask({ task, onCancel, onDone }: Ends) {
  const { t } = useTranslation();
  const deed = useDeed(AskSenderDocument);
  const send = async (text: string) => (await deed.run({ input: { task, text } })) && onDone();
  return <Written label={t('inbox.question')} button={t('inbox.send')} deed={deed} onSend={send} onCancel={onCancel} />;
}

function HandOver({ task, onCancel, onDone }: Ends) {
  const { t } = useTranslation();
  const deed = useDeed(HandOverTaskDocument);
  const [to, setTo] = useState<{ id: string; name: string } | null>(null);
  const [reason, setReason] = useState('');
  const send = async () => {
    if (to && (await deed.run({ input: { task, to: to.id, ...(reason && { reason }) } }))) onDone();
  };
  return (
    <Sent button={t('inbox.handOver')} deed={deed} isReady={!!to} onSend={send} onCancel={onCancel}>
      <RecordPicker
        label={t('inbox.handTo')}
        name={to?.name}
        kinds={['PERSON']}
        onChoose={(id, name) => setTo({ id, name })}
      />
      <LongField label={t('inbox.reason')} value={reason} onChange={setReason} />
    </Sent>
  );
}

function Copy({ task, onCancel, onDone }: Ends) {
  const { t } = useTranslation();
  const deed = useDeed(CopyTaskDocument);
  const [people, setPeople] = useState<readonly Chosen[]>([]);
  const send = async () => {
    if (await deed.run({ input: { task, people: people.map((each) => each.id) } })) onDone();
  };
  return (
    <Sent button={t('inbox.copy')} deed={deed} isReady={people.length > 0} onSend={send} onCancel={onCancel}>
      <RecordsPicker label={t('inbox.copyTo')} kinds={['PERSON']} chosen={people} onChange={setPeople} />
    </Sent>
  );
}
