// What was done with a record so far: who, when, in whose place, from which state to which.
import { useTranslation } from 'react-i18next';
import { instant } from '../format';
import type { TaskToldQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import { RecordLink } from './RecordLink';
import { useStateWord } from './Subject';
import { useNames } from './Told';

type Event = TaskToldQuery['inbox']['nodes'][number]['history'][number];

export function Route({ events, type }: { events: readonly Event[]; type: string }) {
  const { t } = useTranslation();
  const model = useModel();
  const word = useStateWord();
  return (
    <ol className="route">
      {events.map((each) => (
        <li key={`${each.at} ${each.command}`}>
          <span className="quiet">{instant(each.at, model.language)}</span>{' '}
          {each.person ? <RecordLink record={each.person} /> : t('inbox.hub')}
          {each.principal && <span> {t('inbox.inPlaceOf', { name: model.name(each.principal) })}</span>}
          {each.stateAfter && <strong> {word(type, each.stateAfter)}</strong>}
          {each.reason && <p>{t('exchange.reasonGiven', { reason: each.reason })}</p>}
        </li>
      ))}
    </ol>
  );
}

interface Settled {
  state: string;
  move: string;
  outcome?: string | null;
  doneAt?: string | null;
  doneBy?: string | null;
  doneFor?: string | null;
}

/** How a decision came out, once it was taken. */
export function Done({ task }: { task: Settled }) {
  const { t } = useTranslation();
  const model = useModel();
  const words = useMoveWords();
  const names = useNames([task.doneBy, task.doneFor].flatMap((each) => (each?.includes('-person-') ? [each] : [])));
  if (task.state === 'OPEN' || !task.doneAt) return null;
  const by = names.get(task.doneBy ?? '');
  const principal = names.get(task.doneFor ?? '');
  const who = by ? model.name(by) : task.doneBy?.includes('-person-') ? t('inbox.unseen') : t('inbox.hub');
  return (
    <p className="panel">
      {t('inbox.outcome', {
        outcome: words(task.outcome ?? task.move),
        at: instant(task.doneAt, model.language),
        who: principal ? `${who}, ${t('inbox.inPlaceOf', { name: model.name(principal) })}` : who,
      })}
    </p>
  );
}

/** The moves that settle decisions, as people say them. */
export function useMoveWords(): (move: string) => string {
  const { t } = useTranslation();
  const words: Record<string, string> = {
    approve: t('move.approve'),
    reject: t('move.reject'),
    withdraw: t('move.withdraw'),
    cancel: t('move.cancel'),
    expire: t('move.expire'),
    certify: t('move.certify'),
  };
  return (move) => words[move] ?? move;
}
