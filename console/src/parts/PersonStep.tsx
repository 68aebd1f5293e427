// Who goes, and which of the institutions they belong to sends them.
import { Button, Radio } from 'antd';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { trusted } from '../ask';
import { dayText } from '../inbox';
import { PersonForExchangeDocument, type PersonForExchangeQuery } from '../made/graphql/graphql';
import { useModel } from '../model';
import type { StepProps } from '../pages/NewExchange';
import { Fault } from './Fault';
import { Empty, Pending } from './Page';
import { RecordLink } from './RecordLink';
import { RecordPicker } from './RecordPicker';

type Person = NonNullable<PersonForExchangeQuery['person']>;

export function PersonStep({ draft, onChange }: StepProps) {
  const { t } = useTranslation();
  const model = useModel();
  const [{ data, error }, again] = useQuery({
    query: trusted(PersonForExchangeDocument),
    variables: { id: draft.person ?? '' },
    pause: !draft.person,
  });
  const person = draft.person ? data?.person : null;
  return (
    <section aria-labelledby="step-person">
      <h2 id="step-person">{t('wizard.person')}</h2>
      <RecordPicker
        label={t('wizard.choosePerson')}
        name={person ? model.name(person) : null}
        kinds={['PERSON']}
        onChoose={(id) => onChange({ person: id, home: null })}
      />
      {error && <Fault error={error} retry={() => again({ requestPolicy: 'network-only' })} />}
      {draft.person && !data && !error && <Pending />}
      {person && <Homes person={person} draft={draft} onChange={onChange} />}
    </section>
  );
}

/** Roles in which somebody is a guest: they are not sent on from there. */
const GUESTS = new Set(['ON_EXCHANGE', 'VISITING']);

function homesOf(person: Person) {
  const today = dayText(new Date());
  const own = person.affiliations.edges.filter(
    (each) => !GUESTS.has(each.role ?? '') && (each.since ?? '') <= today && (each.until ?? '9999-12-31') >= today,
  );
  return [...new Map(own.map((each) => [each.node.id, each.node])).values()];
}

function Homes({ person, draft, onChange }: StepProps & { person: Person }) {
  const { t } = useTranslation();
  const model = useModel();
  const homes = homesOf(person);
  const chosen = draft.home ?? homes[0]?.id;
  if (!chosen) return <Empty>{t('wizard.noHome')}</Empty>;
  return (
    <>
      <p id="step-home">{t('wizard.home')}</p>
      <Radio.Group
        aria-labelledby="step-home"
        value={chosen}
        onChange={(event) => onChange({ home: String(event.target.value) })}
        options={homes.map((each) => ({ value: each.id, label: model.name(each) }))}
      />
      {person.topics.edges.length > 0 && (
        <p>
          <span className="quiet">{t('wizard.topics')}</span>{' '}
          {person.topics.edges.map((each) => (
            <RecordLink key={each.node.id} record={each.node} />
          ))}
        </p>
      )}
      <div className="actions">
        <Button type="primary" onClick={() => onChange({ home: chosen }, draft.post ? 'period' : 'post')}>
          {t('wizard.forward')}
        </Button>
      </div>
    </>
  );
}
